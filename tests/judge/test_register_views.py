"""Views of standards, objectives, records, external documents, systems and open values."""

from dataclasses import replace

import pytest

from qms_docs.judge import attainment, subjects
from qms_docs.judge.attainment import Line, Refused
from qms_docs.text import csvtable
from qms_docs.words.errors import QmsError
from qms_docs.words.manual import Manual
from qms_docs.words.registers import Target
from qms_docs.words.tables import Table
from qms_docs.work.views import VIEWS, listed
from tests.conftest import CASES, load, tree

REGISTERS = """
registers:
  form: {code: FM, file: manual/forms.yaml, schema: forms}
  external: {code: EX, file: manual/external.yaml, schema: external}
  objective: {code: OB, file: manual/objectives.yaml, schema: objectives}
"""
FORMS = """entries:
  - id: CSC-FM-01-01
    title: {en: Complaint file, zh-CN: 投诉处理档案}
    owner: CSC-RS-02
    store: external
    where: {en: complaint system}
    retention_months: 60
    clauses: {iso9001-2015: ["10.2"]}
"""
EXTERNAL = """entries:
  - id: CSC-EX-01
    title: {en: "ISO 9001:2015"}
    owner: CSC-RS-02
    edition: "2015"
    check_months: 6
    checked: 2026-08-31
    status: to-verify
    note: {en: Buy the text.}
"""
STANDARD = """title: {en: "ISO 9001:2015"}
external: CSC-EX-01
state: in-use
clauses:
  "4": {title: {en: Context}}
  "4.4": {title: {en: The system}}
  5.2.1: {title: {en: The policy}, documented: maintain}
  7.1.5.2: {title: {en: Tracing}}
  8.2.1: {title: {en: Customers}}
  8.2.2: {title: {en: Requirements}}
  "10.2": {title: {en: Corrective action}, documented: retain}
documented:
  - {clause: 5.2.1, kind: maintain, what: {en: The policy}, where: [CSC-QM-01]}
  - {clause: "10.2", kind: retain, what: {en: What was done}, where: [CSC-FM-01-01]}
excluded:
  - {clause: 7.1.5.2, reason: {en: No equipment.}}
"""
NEXT = """title: {en: "ISO 9001:2026"}
external: CSC-EX-01
state: to-verify
follows: iso9001-2015
note: {en: Nobody has read it.}
clauses:
  5.2.1: {title: {en: The policy and ethics}}
  "4.5": {title: {en: Climate}}
changes:
  - {clause: 5.2.1, before: [5.2.1], what: {en: Ethics.}}
  - {clause: "4.5", before: [], what: {en: Climate.}}
"""
SYSTEMS = """systems:
  S06:
    title: {en: Correction}
    evidence: {CSC-QP-01: [QMS702], "CSC-QP-01#steps": [QMS602], CSC-FM-01-09: [QMS505]}
"""
PARAMETERS = """parameters:
  answer-limit:
    title: {en: Limit of the answer}
    value: 15
    unit: {en: days, zh-CN: 日}
    owner: CSC-RS-02
    source: CSC-EX-01
    adopter: true
  other: {title: {en: Other}, value: 1, owner: CSC-RS-02, source: CSC-EX-01}
"""


@pytest.fixture(scope="module")
def manual() -> Manual:
    files = {**tree(CASES / "base"), **tree(CASES / "QMS707-target" / "both")}
    files |= tree(CASES / "QMS707-target" / "good")
    policy = files["manual/policy.yaml"].decode()
    before, rest = policy.split("registers:\n")
    _, after = rest.split("# A table", 1)
    procedure = files["procedures/CSC-QP-01.md"].decode()
    return load(
        {
            **files,
            "manual/policy.yaml": f"{before}{REGISTERS}# A table{after}",
            "manual/forms.yaml": FORMS,
            "manual/external.yaml": EXTERNAL,
            "manual/standards/iso9001-2015.yaml": STANDARD,
            "manual/standards/iso9001-2026.yaml": NEXT,
            "manual/systems.yaml": SYSTEMS,
            "manual/parameters.yaml": PARAMETERS,
            "procedures/CSC-QP-01.md": f"{procedure}\n::: adopter Numbers\nOurs.\n:::\n",
        }
    )


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_the_small_manual_is_read(manual: Manual) -> None:
    assert [str(problem) for problem in manual.problems] == []


def test_the_matrix_says_of_each_last_clause_what_becomes_of_it(manual: Manual) -> None:
    assert [row[1:] for row in rows(VIEWS["clauses"](manual, "en"))] == [
        ["4", "Context", "–", "–", "–", "–"],
        ["4.4", "The system", "–", "CSC-QM-01", "–", "addressed"],
        ["5.2.1", "The policy", "document", "CSC-QM-01", "CSC-QM-01", "addressed"],
        ["7.1.5.2", "Tracing", "–", "–", "–", "does not apply: No equipment."],
        ["8.2.1", "Customers", "–", "CSC-QP-01", "–", "addressed"],
        ["8.2.2", "Requirements", "–", "–", "–", "open: no document"],
        ["10.2", "Corrective action", "record", "CSC-QP-01", "CSC-FM-01-01", "addressed"],
    ]


def test_of_a_next_edition_it_is_said_what_to_look_at(manual: Manual) -> None:
    assert [
        row[0:1] + row[2:] for row in rows(listed("clauses", manual, "en", "iso9001-2026").table)
    ] == [
        ["5.2.1", "changed", "5.2.1", "Ethics.", "CSC-QM-01", "open: no document"],
        ["4.5", "new", "–", "Climate.", "–", "open: no document"],
    ]


def test_a_standard_or_an_option_that_is_not_there_is_an_error(manual: Manual) -> None:
    with pytest.raises(QmsError, match="no-standard"):
        listed("clauses", manual, "en", "iso9001-1994")
    with pytest.raises(QmsError, match="no-view-option"):
        listed("records", manual, "en", "iso9001-2015")


def test_objectives_hang_below_one_another(manual: Manual) -> None:
    found = rows(VIEWS["objectives"](manual, "en"))
    assert [[row[0], row[2], row[3], row[6]] for row in found] == [
        ["CSC-OB-01", "centre", "line 1 of the quality policy", "≥\u00a095\u00a0%"],
        ["CSC-OB-01-01", "role", "CSC-OB-01", "≥\u00a095\u00a0%"],
    ]


def test_a_long_chain_of_objectives_is_listed(manual: Manual) -> None:
    top = manual.objectives["CSC-OB-01"]
    chain = [replace(top, id=f"X-{n}", parent=f"X-{n - 1}" if n else None) for n in range(3000)]
    assert len(VIEWS["objectives"](replace(manual, entries=tuple(chain)), "en").rows) == 3000


def test_records_name_who_keeps_them_and_which_steps_make_them(manual: Manual) -> None:
    (row,) = rows(VIEWS["records"](manual, "en"))
    assert row[:6] == [
        *("CSC-FM-01-01", "Complaint file", "CSC-RS-02 Quality Manager"),
        *("business system", "complaint system", "60 months"),
    ]
    assert row[8] == "iso9001-2015: 10.2"


def test_external_documents_say_when_to_look_again(manual: Manual) -> None:
    (row,) = rows(VIEWS["external"](manual, "en"))
    assert row[4:] == ["to be verified", "2026-08-31", "2027-02-28", "CSC-QM-01"]


def test_systems_show_what_is_missing(manual: Manual) -> None:
    assert [row[2:] for row in rows(VIEWS["systems"](manual, "en"))] == [
        ["CSC-QP-01", "Complaint handling", "QMS702"],
        ["CSC-QP-01#steps", "table “steps” in Complaint handling", "QMS602"],
        ["CSC-FM-01-09", "missing", "QMS505"],
    ]


def test_the_adopter_finds_all_that_is_open_with_its_line(manual: Manual) -> None:
    found = rows(VIEWS["adopter"](manual, "en"))
    assert [row[:2] for row in found] == [
        ["manual/parameters.yaml:2", "value"],
        ["manual/external.yaml:2", "external document"],
        ["manual/standards/iso9001-2026.yaml:5", "standard"],
        ["procedures/CSC-QP-01.md:46", "text of a document"],
    ]
    assert found[0][2:] == ["Limit of the answer (answer-limit)", "15\u00a0days"]
    assert found[3][2:] == ["CSC-QP-01 Complaint handling", "Numbers"]


@pytest.mark.parametrize(
    ("name", "key", "words"),
    [
        ("CSC-FM-01-01", "retention", "60 months"),
        ("CSC-EX-01", "check-due", "2027-02-28"),
        ("CSC-OB-01", "split-into", "CSC-OB-01-01"),
        ("answer-limit", "value", "15\u00a0days"),
        ("5.2.1", "demanded", "document"),
        ("iso9001-2026:4.5", "addressed-in", ""),
        ("S06", "evidence", "CSC-QP-01, CSC-QP-01#steps, CSC-FM-01-09"),
    ],
)
def test_what_is_no_document_is_known_too(manual: Manual, name: str, key: str, words: str) -> None:
    subject = subjects.of(manual, name, "en")
    assert subject is not None
    assert subject.facts[key] == words
    assert subject.place.path.startswith("manual/")


def test_a_form_is_used_where_documents_and_data_name_it(manual: Manual) -> None:
    subject = subjects.of(manual, "CSC-FM-01-01", "en")
    assert subject is not None
    paths = {place.path for place in subject.used_at}
    assert {"procedures/CSC-QP-01.md", "manual/objectives.yaml"} <= paths
    assert "manual/standards/iso9001-2015.yaml" in paths
    assert subjects.of(manual, "CSC-QP-77", "en") is None


def lines(text: str) -> tuple[Line, ...]:
    found = csvtable.read_lines("results.csv", text.encode(), [])
    assert found is not None
    return found


def test_the_newest_result_of_each_objective_counts(manual: Manual) -> None:
    text = "note,period,objective,result\n,2026-10,CSC-OB-01,94.9\n\n,2026-09,CSC-OB-01,99\n"
    newest, refused = attainment.read(lines(text), manual.objectives)
    assert refused == ()
    assert newest["CSC-OB-01"].number == "94.9"
    assert not attainment.is_met(manual.objectives["CSC-OB-01"], newest["CSC-OB-01"])


def test_every_line_that_counts_for_nothing_is_told(manual: Manual) -> None:
    text = (
        "objective,period,result\nCSC-OB-09,2026-10,1\nCSC-OB-01,2026-13,1\nCSC-OB-01,2026-10,many\n"
        "CSC-OB-01,2026-10,96\n\nCSC-OB-01,2026-10,97\nCSC-OB-01,٢٠٢٧-01,٩\n"
    )
    newest, refused = attainment.read(lines(text), manual.objectives)
    told = [(each.line, each.reason) for each in refused]
    assert told == [
        (2, "objective"),
        (3, "period"),
        (4, "number"),
        (7, "twice"),
        (8, "period"),
        (8, "number"),
    ]
    assert refused[3].values["other"] == "5"
    assert newest["CSC-OB-01"].number == "96"


def test_a_file_of_results_names_its_columns(manual: Manual) -> None:
    _, refused = attainment.read(lines("objective,result\nCSC-OB-01,1\n"), manual.objectives)
    assert refused == (Refused(1, "column", {"column": "period"}),)


@pytest.mark.parametrize(
    ("target", "result", "met"),
    [
        (">= 99.9", "99.90", True),
        ("<= 5", "5.1", False),
        ("= 0", "0", True),
        ("= 100", "99", False),
    ],
)
def test_a_result_is_compared_exactly(manual: Manual, target: str, result: str, met: bool) -> None:
    comparator, number = target.split()
    objective = replace(manual.objectives["CSC-OB-01"], target=Target(comparator, number, {}))
    assert attainment.is_met(objective, attainment.Result("CSC-OB-01", "2026", result)) is met
