"""The check as a whole: what breaks when one thing goes, and how findings come together."""

import json
import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qms_docs import check
from qms_docs.rules import RULES, Rule
from qms_docs.text import messages
from qms_docs.words.findings import Finding, Place
from qms_docs.work import checking
from tests.conftest import BASE, Files, found, load, sentences, snapshot_of, tree

QP = "procedures/CSC-QP-01.md"
ZH = "procedures/CSC-QP-01.zh-CN.md"
QM = "manual/CSC-QM-01.md"
FORMS = "manual/forms.yaml"


def checked(files: Files) -> list[str]:
    return found(checking.check(snapshot_of(files)))


def without(base: dict[str, bytes], path: str, text: str = "") -> dict[str, bytes]:
    """Return the manual without a file, or without a text in it."""
    if not text:
        return {name: data for name, data in base.items() if name != path}
    assert base[path].count(text.encode()) == 1
    return {**base, path: base[path].replace(text.encode(), b"")}


def test_a_role_that_goes_is_missed_wherever_it_is_named(base: dict[str, bytes]) -> None:
    assert checked(without(base, "manual/roles/CSC-RS-01.md")) == [
        "manual/CSC-QM-01.md:9:13 QMS506",
        "manual/roles/CSC-RS-02.md:9:13 QMS506",
        "procedures/CSC-QP-01.md:10:13 QMS506",
        "procedures/CSC-QP-01.md:20:11 QMS506",
    ]


def test_a_form_that_goes_is_missed_wherever_it_is_named(base: dict[str, bytes]) -> None:
    entry = base[FORMS].decode().split("entries:\n")[1]
    gone = {**base, FORMS: base[FORMS].replace(f"\n{entry}".encode(), b" []\n")}
    assert checked(gone) == [
        f"{QP}:24:11 QMS505",
        f"{QP}:36:57 QMS505",
        f"{QP}:44:1 QMS505",
        f"{ZH}:21:46 QMS505",
        f"{ZH}:29:1 QMS505",
    ]


def test_a_heading_that_goes_is_missed_by_the_links_to_it(base: dict[str, bytes]) -> None:
    assert checked(without(base, QP, "### Time limits\n")) == [
        f"{QM}:29:48 QMS503",
        f"{ZH}:23:1 QMS720 added",
    ]


def test_an_image_that_goes_is_missed_where_it_is_shown(base: dict[str, bytes]) -> None:
    assert checked(without(base, "manual/process.svg")) == [f"{QM}:27:43 QMS504 missing"]


def test_a_document_that_goes_is_missed_by_links_and_translations(base: dict[str, bytes]) -> None:
    assert checked(without(base, QP)) == [
        f"{QM}:29:48 QMS502",
        f"{ZH}:6:18 QMS108 master",
    ]


def test_everything_is_in_order_again_when_it_is_back(base: dict[str, bytes]) -> None:
    assert checked(base) == []


def test_one_cause_is_one_finding(base: dict[str, bytes]) -> None:
    broken = base[QP].replace(b"id: CSC-QP-01", b"id: CSC-XX-01").replace(b"## Records\n", b"")
    moved = {**without(base, QP), "procedures/x.md": broken}
    rules = [line.split()[1] for line in checked(moved) if line.startswith("procedures/x.md")]
    assert rules == ["QMS106", "QMS109"]  # and not QMS107 for the file of a wrong identification


def test_a_rule_is_silent_only_about_the_file_whose_finding_it_requires() -> None:
    def rule(code: str, path: str, requires: tuple[str, ...] = ()) -> Rule:
        places = (Place(path), Place("other"))
        return Rule(code, code, "", lambda _: [Finding(code, p) for p in places], requires)

    manual = load(tree(BASE))
    first = Rule("QMS001", "first", "", lambda _: [Finding("QMS001", Place("f"))])
    second, third = rule("QMS002", "f", ("QMS001",)), rule("QMS003", "g", ("QMS002",))
    report = check.run(manual, [third, second, first])
    assert found(report) == ["f:1:1 QMS001", "g:1:1 QMS003", "other:1:1 QMS002"]


def test_a_rule_can_run_without_those_it_requires(base: dict[str, bytes]) -> None:
    only = [rule for rule in RULES if rule.code == "QMS107"]
    manual = load({**without(base, QP), "procedures/x.md": base[QP]})
    assert found(check.run(manual, only)) == ["procedures/x.md:1:1 QMS107"]


def test_findings_stand_in_the_order_of_their_places(base: dict[str, bytes]) -> None:
    gone = without(without(base, "manual/roles/CSC-RS-01.md"), "manual/process.svg")
    report = check.run(load(gone))
    assert len(report.findings) > 3
    assert list(report.findings) == sorted(report.findings, key=lambda f: (f.place, f.code))


def test_the_order_of_the_rules_changes_nothing(base: dict[str, bytes]) -> None:
    manual = load(without(base, QP))
    expected = check.run(manual)
    for seed in range(5):
        shuffled = random.Random(seed).sample(RULES, len(RULES))
        assert check.run(manual, shuffled) == expected


def test_judging_changes_nothing_in_what_is_judged(base: dict[str, bytes]) -> None:
    manual, twin = load(without(base, QP)), load(without(base, QP))
    assert check.run(manual) == check.run(manual)
    assert manual == twin


def test_the_report_says_what_was_read(base: dict[str, bytes]) -> None:
    report = check.run(replace(load(base), origin="index"))
    assert (report.source, report.documents) == ("index", 5)


def test_what_reading_has_found_is_reported_once_under_its_rule(base: dict[str, bytes]) -> None:
    manual = load({**base, QM: "no front matter"})
    assert [problem.code for problem in manual.problems] == ["QMS101"]
    assert len([item for item in check.run(manual).findings if item.code == "QMS101"]) == 1


def test_a_symbolic_link_named_like_a_document_is_not_read(base: dict[str, bytes]) -> None:
    def read(path: str) -> bytes:
        assert path != "manual/link.md"
        return base[path]

    files = snapshot_of(base, {"manual/link.md": "120000"})
    report = checking.check(replace(files, read=read))
    assert found(report) == ["manual/link.md:1:1 QMS507 symlink"]


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**16) | st.sampled_from(
        ["en", "zh-CN", "CSC-QP-01", "CSC-QP-02", "CSC-RS-01", "CSC-FM-01-01", "procedure", "x", ""]
    ) | st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["id", "revision", "class", "roles", "iso9001-2015"]), inner, max_size=3
    ),
    max_leaves=6,
)  # fmt: skip
_FIELDS = st.sampled_from(
    ["id", "type", "title", "language", "revision", "owner", "drafters", "reviewers", "approvers",
     "effective", "review_months", "change", "clauses", "distribution", "classification",
     "records", "parent", "supersedes", "expires", "translation_of", "status"]
)  # fmt: skip


def _with(text: str, fields: dict[str, object]) -> str:
    """Set fields of a front matter, written as JSON, which is YAML."""
    _, front, body = text.split("---\n", 2)
    blocks: dict[str, str] = {}
    for line in front.splitlines(keepends=True):
        if line.startswith(" "):
            blocks[next(reversed(blocks))] += line
        else:
            blocks[line.split(":")[0]] = line
    blocks |= {name: f"{name}: {json.dumps(value)}\n" for name, value in fields.items()}
    return f"---\n{''.join(blocks.values())}---\n{body}"


@given(
    st.sampled_from([QP, ZH, QM]),
    st.dictionaries(_FIELDS, _VALUES, min_size=1, max_size=4),
)
def test_whatever_is_typed_into_a_field_the_check_answers_in_whole_sentences(
    path: str, fields: dict[str, object]
) -> None:
    files = tree(BASE)
    files[path] = _with(files[path].decode(), fields).encode()
    report = checking.check(snapshot_of(files))
    for language in messages.LANGUAGES:
        assert all(sentences(report, language))


def test_a_broken_policy_is_the_only_news(base: dict[str, bytes]) -> None:
    policy = base["manual/policy.yaml"].replace(b"prefix: CSC\n", b"")
    files = {**without(base, QP), "manual/policy.yaml": policy}
    assert checked(files) == ["manual/policy.yaml:2:1 QMS102"]
