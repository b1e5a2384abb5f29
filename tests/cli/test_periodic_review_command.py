"""`qms periodic-review`: what is due, worksheets for owners, verdicts in one signed record."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest

from qms_docs.text import records
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Meaning, Statement
from tests.acting import Life
from tests.attacks.stage import BEGINNING, CONTROLLER, DOCUMENT, MANAGER, PATH, QUALITY

BOTH = (DOCUMENT, "CSC-QM-01")


@pytest.fixture
def issued(life: Life) -> Life:
    """Return a manual of which the procedure and the quality manual are in force since March."""
    life.stage.issued(*BOTH)
    return life


def ask(life: Life, *arguments: str, who: str = QUALITY) -> str:
    answer = life.ask(who, "periodic-review", *arguments, "--yes")
    assert answer.code == 0
    return answer.out


def refused(life: Life, *arguments: str, who: str = QUALITY) -> QmsError:
    before = life.status()
    with pytest.raises(QmsError) as raised:
        life.ask(who, "periodic-review", *arguments, "--yes")
    assert life.status() == before
    return raised.value


def listed(life: Life, *ids: str) -> list[tuple[str, str, str]]:
    rows = life.repo.ask("periodic-review", *ids, "--json").json
    return [(row["identification"], row["review-due"], row["review-standing"]) for row in rows]


def test_nothing_is_due_at_first(issued: Life) -> None:
    answer = issued.repo.ask("periodic-review")
    assert (answer.code, answer.out) == (0, "No review is due within 60 days.\n")
    assert listed(issued) == []
    assert listed(issued, DOCUMENT) == [(DOCUMENT, "2027-03-02", "not due")]


@pytest.mark.parametrize(
    ("days", "standing", "code"), [(306, "due soon", 0), (365, "due soon", 0), (366, "overdue", 1)]
)
def test_what_is_due_is_listed(issued: Life, days: int, standing: str, code: int) -> None:
    issued.stage.now = BEGINNING + timedelta(days=days)
    assert {each[2] for each in listed(issued)} == {standing}
    answer = issued.repo.ask("periodic-review")
    assert answer.code == code
    assert "CSC-RS-02 Quality Manager" in answer.out
    assert "2026-03-02 took effect" in answer.out
    chinese = issued.repo.ask("periodic-review", "--lang", "zh-CN").out
    assert "已逾期" in chinese or "即将到期" in chinese


def test_an_owner_reaffirms_and_the_day_moves(issued: Life) -> None:
    issued.stage.now = BEGINNING + timedelta(days=360)
    out = ask(issued, *BOTH, "--verdict", "reaffirm", "--comment", "Still right")
    assert f"{DOCUMENT}: reaffirm" in out
    (line,) = issued.status()
    record = records.read((issued.repo.root / line.split()[-1]).read_bytes())
    assert isinstance(record.body, Statement)
    said = [(act.meaning, act.subject.id, act.comment) for act in record.body.acts]
    assert said == [(Meaning.REAFFIRM, name, "Still right") for name in BOTH]
    issued.stage.commit("Reaffirmed", who=QUALITY)
    assert listed(issued) == []
    assert listed(issued, DOCUMENT) == [(DOCUMENT, "2028-02-25", "not due")]
    assert "2027-02-25 reaffirmed" in issued.repo.ask("periodic-review", DOCUMENT).out
    assert issued.stage.found() == []


def test_only_the_owner_reaffirms(issued: Life) -> None:
    error = refused(issued, DOCUMENT, "--verdict", "reaffirm", who=MANAGER)
    assert (error.key, error.values["reason"]) == ("in-vain", "other-role")


def test_to_revise_signs_nothing_and_says_how(issued: Life) -> None:
    out = ask(issued, DOCUMENT, "--verdict", "revise")
    assert "qms revise CSC-QP-01 --class minor" in out
    assert issued.status() == []


def test_those_who_approve_withdraw(issued: Life) -> None:
    options = ("--verdict", "withdraw", "--comment", "It has ended")
    ask(issued, DOCUMENT, *options, who=MANAGER)
    issued.stage.commit("Withdrawn", who=MANAGER)
    assert issued.stage.in_force() is None


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (("CSC-QP-77",), "not-in-force"),
        (("CSC-QP-77", "--verdict", "reaffirm"), "not-in-force"),
        (("--verdict", "reaffirm"), "missing-option"),
        ((DOCUMENT, "--verdict", "withdraw"), "missing-option"),
        (("--campaign",), "missing-option"),
        (("--campaign", "--output", "x", "--owner", "CSC-RS-77"), "owns-nothing"),
        (("--worksheet", "nothing.csv"), "unreadable-file"),
        (("--worksheet", "/dev/zero"), "unreadable-file"),
        (("--worksheet", PATH), "no-worksheet"),
    ],
)
def test_what_cannot_be_done_is_said(issued: Life, arguments: tuple[str, ...], key: str) -> None:
    assert refused(issued, *arguments).key == key


def campaign(life: Life, folder: Path) -> list[dict[str, str]]:
    ask(life, "--campaign", "--output", str(folder))
    text = (folder / "CSC-RS-02.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def fill(folder: Path, rows: list[dict[str, str]], **verdicts: tuple[str, str]) -> Path:
    """Fill in a worksheet (identification with `_` → verdict and comment)."""
    file = folder / "CSC-RS-02.csv"
    for row in rows:
        said = verdicts.get(row["Identification"].replace("-", "_"))
        row["Verdict"], row["Comment"] = said or ("", "")
    with file.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return file


def test_a_campaign_writes_one_worksheet_for_each_owner(issued: Life, tmp_path: Path) -> None:
    issued.stage.issued("CSC-RS-01")
    issued.stage.edit(PATH, "## Records", "## Recrods")
    issued.repo.ask(
        "revise", DOCUMENT, "--class", "minor", "--reason", "A law", "--summary", "Step 3"
    )
    folder = tmp_path / "reviews"
    rows = campaign(issued, folder)
    assert {path.name for path in folder.iterdir()} >= {"CSC-RS-02.csv", "CSC-RS-02.html"}
    row = next(row for row in rows if row["Identification"] == DOCUMENT)
    assert "The section “Records” is missing." in row["Findings"]
    assert row["Open change"] == "Revision 2: Step 3"
    assert (row["Revision"], row["In force from"]) == ("1", "2026-03-02")
    assert (row["Review due"], row["Last looked at"]) == ("2027-03-02", "2026-03-02 took effect")
    other = next(row for row in rows if row["Identification"] == "CSC-QM-01")
    assert (other["Findings"], other["Open change"]) == ("–", "–")
    page = (folder / "CSC-RS-02.html").read_text("utf-8")
    assert "Periodic review: CSC-RS-02 Quality Manager" in page
    assert refused(issued, "--campaign", "--output", str(folder)).key == "already-there"


def test_a_campaign_for_one_owner(issued: Life, tmp_path: Path) -> None:
    folder = tmp_path / "reviews"
    answer = issued.repo.ask(
        "periodic-review", "--campaign", "--owner", "CSC-RS-02", "--output", str(folder), "--json"
    )
    assert [Path(file).name for file in answer.json["files"]] == ["CSC-RS-02.csv", "CSC-RS-02.html"]


def test_one_signature_carries_all_verdicts(issued: Life, tmp_path: Path) -> None:
    issued.stage.now = BEGINNING + timedelta(days=360)
    rows = campaign(issued, tmp_path)
    file = fill(tmp_path, rows, CSC_QP_01=("继续有效", "看过"), CSC_QM_01=("Reaffirm", ""))
    out = ask(issued, "--worksheet", str(file))
    assert f"{DOCUMENT}: reaffirm" in out
    (line,) = issued.status()
    record = records.read((issued.repo.root / line.split()[-1]).read_bytes())
    assert isinstance(record.body, Statement)
    assert {act.subject.id: act.comment for act in record.body.acts} == {
        DOCUMENT: "看过",
        "CSC-QM-01": "",
    }
    issued.stage.commit("Reviewed", who=QUALITY)
    assert listed(issued) == []
    assert issued.stage.found() == []


def test_what_cannot_be_signed_by_the_owner_is_left_to_others(issued: Life, tmp_path: Path) -> None:
    rows = campaign(issued, tmp_path)
    file = fill(tmp_path, rows, CSC_QP_01=("withdraw", "Ended"), CSC_QM_01=("revise", ""))
    out = ask(issued, "--worksheet", str(file))
    assert "qms withdraw CSC-QP-01 --reason" in out
    assert "qms revise CSC-QM-01" in out
    assert issued.status() == []
    answer = issued.ask(
        QUALITY, "periodic-review", "--worksheet", str(file), "--yes", "--json"
    ).json
    assert answer == {
        "files": [], "signed": {}, "revise": ["CSC-QM-01"], "withdraw": [DOCUMENT], "open": [],
    }  # fmt: skip


def test_a_worksheet_for_another_text_is_refused(issued: Life, tmp_path: Path) -> None:
    rows = campaign(issued, tmp_path)
    file = fill(tmp_path, rows, CSC_QP_01=("reaffirm", ""), CSC_QM_01=("reaffirm", ""))
    issued.stage.revised("## Purpose", "## Purpose\n\nNew.")
    issued.stage.issued()
    error = refused(issued, "--worksheet", str(file))
    assert (error.key, error.values["id"]) == ("worksheet-stale", DOCUMENT)


def test_a_worksheet_of_another_owner_counts_for_nothing(issued: Life, tmp_path: Path) -> None:
    rows = campaign(issued, tmp_path)
    file = fill(tmp_path, rows, CSC_QP_01=("reaffirm", ""))
    assert refused(issued, "--worksheet", str(file), who=CONTROLLER).key == "in-vain"


def test_a_person_is_asked_before_signing(issued: Life) -> None:
    answer = issued.repo.qms(
        "periodic-review", DOCUMENT, "--verdict", "reaffirm", "--key", str(issued.key(QUALITY))
    )
    assert (answer.code, issued.status()) == (130, [])
