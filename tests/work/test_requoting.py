"""A value that documents quote changes: they change with it as one set, or nothing does."""

from pathlib import Path

import pytest

from qms_docs.edges.git import Repository
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Meaning
from qms_docs.words.model import Change
from qms_docs.work import decide, requoting
from qms_docs.work.asked import Asked
from qms_docs.work.plan import Reason
from qms_docs.work.requoting import Requoted
from tests.acting import write_key
from tests.attacks.stage import CONTROLLER, DRAFTER, MANAGER, QUALITY, Stage, begun
from tests.conftest import BASE
from tests.pdfs import pages
from tests.work.test_publish import Press

PARAMETERS = "manual/parameters.yaml"
LIMIT = "complaint-limit"
VALUES = f"""parameters:
  {LIMIT}:
    title: {{en: Limit for a simple complaint, zh-CN: 简单投诉的办理时限}}
    value: 15  # from outside
    unit: {{en: days, zh-CN: 日}}
    owner: CSC-RS-02
    source: CSC-EX-01
  call:
    title: {{en: Call-back, zh-CN: 回电}}
    value: 2
    unit: {{en: days, zh-CN: 日}}
    owner: CSC-RS-02
    source: CSC-EX-01
"""
FIRST, SECOND, OTHER = "CSC-QP-01", "CSC-QP-02", "CSC-QP-03"
ALL = (FIRST, SECOND, OTHER)
CHANGE = Change("minor", "Shorter limit by law", "", None)


def procedure(number: str, english: str, chinese: str) -> dict[str, str]:
    """Return a procedure in two languages with one sentence in place of the limit."""
    found = {}
    for tag, old, new in (("", "within 15 days", english), (".zh-CN", "在15天内", chinese)):
        text = (BASE / f"procedures/CSC-QP-01{tag}.md").read_text("utf-8")
        text = text.replace("CSC-QP-01", number).replace("revision: 2", "revision: 1")
        text = text.replace("+14 days", "on-release").replace("drafters: [Quality office]\n", "")
        found[f"procedures/{number}{tag}.md"] = text.replace(old, new)
    return found


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """Return a manual of which three procedures are released; two quote the limit."""
    (tmp_path / "repo").mkdir()
    stage = begun(tmp_path / "repo")
    stage.write(
        {
            PARAMETERS: VALUES,
            **procedure(FIRST, f"within {{{{{LIMIT}}}}}", f"在{{{{{LIMIT}}}}}内"),
            **procedure(SECOND, f"after {{{{{LIMIT}}}}}", f"{{{{{LIMIT}}}}}后"),
            **procedure(OTHER, "within {{call}}", "在{{call}}内"),
        }
    )
    stage.commit("Documents")
    stage.issued(*ALL)
    return stage


def change(stage: Stage, value: str = "10", wanted: Change = CHANGE) -> Requoted:
    return requoting.requote(Repository.open(stage.root), LIMIT, value, wanted)


def status(stage: Stage) -> list[str]:
    return stage.git("status", "--porcelain").splitlines()


def test_exactly_what_quotes_the_value_gets_a_revision_in_every_language(stage: Stage) -> None:
    made = change(stage)
    assert made.request == "complaint-limit 10"
    assert [(each.id, each.revision, each.raised) for each in made.revised] == [
        (FIRST, 2, True),
        (SECOND, 2, True),
    ]
    assert status(stage) == [
        f" M {PARAMETERS}",
        *(f" M procedures/{name}{tag}.md" for name in (FIRST, SECOND) for tag in ("", ".zh-CN")),
    ]
    assert stage.read(PARAMETERS) == VALUES.replace("value: 15", "value: 10")
    english = stage.read(f"procedures/{FIRST}.md")
    assert 'summary: "Limit for a simple complaint: 10 days, before 15 days"' in english
    assert "request: complaint-limit 10" in english
    chinese = stage.read(f"procedures/{FIRST}.zh-CN.md")
    assert "简单投诉的办理时限：10日（原为15日）" in chinese


def test_doing_it_again_writes_nothing_but_what_is_missing(stage: Stage) -> None:
    change(stage)
    stage.git("checkout", "--", f"procedures/{SECOND}.md", f"procedures/{SECOND}.zh-CN.md")
    again = change(stage)
    assert again.writes == ()
    assert [len(each.writes) for each in again.revised[1:]] == [2]


def test_a_summary_is_taken_as_it_is_typed(stage: Stage) -> None:
    change(stage, wanted=Change("major", "Law", "Ten days", "issue 7"))
    for tag in ("", ".zh-CN"):
        text = stage.read(f"procedures/{SECOND}{tag}.md")
        assert "class: major\n  reason: Law\n  summary: Ten days\n  request: issue 7\n" in text


def refused(stage: Stage, value: str = "10", name: str = LIMIT) -> QmsError:
    before = status(stage)
    with pytest.raises(QmsError) as raised:
        requoting.requote(Repository.open(stage.root), name, value, CHANGE)
    assert status(stage) == before
    return raised.value


def test_a_parameter_that_is_not_there_is_refused(stage: Stage) -> None:
    error = refused(stage, name="complaint-limits")
    assert (error.key, error.values["known"]) == ("no-parameter", "call, complaint-limit")


def test_a_value_that_does_not_fit_is_refused(stage: Stage) -> None:
    assert refused(stage, value="").key == "unfit-change"


def test_a_revision_begun_for_another_reason_is_not_swept_in(stage: Stage) -> None:
    stage.revised(path=f"procedures/{SECOND}.md", old="## Records", new="New.\n\n## Records")
    error = refused(stage)
    assert (error.key, error.values["ids"]) == ("revision-begun", SECOND)


def test_a_revision_begun_for_the_same_request_is(stage: Stage) -> None:
    path = f"procedures/{SECOND}.md"
    stage.edit(path, "summary: States", "request: complaint-limit 10\n  summary: States")
    stage.edit(
        path.replace(".md", ".zh-CN.md"), "summary: ", "request: complaint-limit 10\n  summary: "
    )
    stage.commit("Begun")
    assert [each.id for each in change(stage).revised] == [FIRST, SECOND]


def test_what_quotes_it_and_was_never_released_is_no_revision(stage: Stage) -> None:
    stage.write(procedure("CSC-QP-04", f"{{{{{LIMIT}}}}}", f"{{{{{LIMIT}}}}}"))
    stage.commit("A draft")
    assert [each.id for each in change(stage).revised] == [FIRST, SECOND]


def test_the_old_value_stays_in_force_until_all_of_the_set_is_approved(
    stage: Stage, tmp_path: Path
) -> None:
    press = Press(stage, tmp_path / "public")
    before = press.run()
    names = [text.file.name for text in before.edition.manifest.texts] if before.edition else []
    printed = {name: press.read(name) for name in names}
    assert len(printed) == 6

    # Both procedures have drafts, approved but for the manager's word on one of them.
    request = change(stage).request
    stage.commit("A shorter limit")
    stage.say(DRAFTER, Meaning.PREPARED, FIRST, SECOND)
    for name in (FIRST, SECOND):
        stage.say(DRAFTER, Meaning.TRANSLATED, name)
    stage.say(QUALITY, Meaning.REVIEWED, FIRST, SECOND)
    stage.say(MANAGER, Meaning.APPROVED, FIRST)
    stage.commit("Approvals")
    assert set(press.reasons(press.run()).values()) == {Reason.SAME}
    assert {name: press.read(name) for name in names} == printed

    assert refused_release(stage, request) == {SECOND}

    # Another value voids every approval of the drafts that quote it, and of no other document.
    change(stage, "12", Change("minor", "Law", "", request))
    stage.commit("Twelve days after all")
    assert refused_release(stage, request) == {FIRST, SECOND}
    assert stage.in_force(OTHER) == stage.in_force(FIRST) == 1

    stage.approved(FIRST, SECOND)
    stage.release(FIRST, SECOND, who=CONTROLLER)
    stage.commit("Release")
    made = press.reasons(press.run())
    assert {name for name, reason in made.items() if reason is Reason.SAME} == {
        f"{OTHER}.{tag}.pdf" for tag in ("en", "zh-CN")
    }
    assert "within 12 days" in shown(press, f"{FIRST}.en.pdf")
    assert "within 15 days" in shown(press, f"superseded/{FIRST}.r1.en.pdf")
    assert "在12日内" in shown(press, f"{FIRST}.zh-CN.pdf")


def refused_release(stage: Stage, request: str) -> set[str]:
    """Return what of the set misses a word; nothing may have been written."""
    case = decide.case(Repository.open(stage.root), stage.now)
    key = stage.root.parent / "controller"
    write_key(key, stage.keys[CONTROLLER])
    asked = Asked(key=key, role=None, now=stage.now)
    files, findings = decide.release(case, decide.members(case, request), asked)
    assert (len(files), status(stage)) == (0, [])
    return {finding.place.path.split("/")[-1].split(".")[0] for finding in findings}


def shown(press: Press, name: str) -> str:
    return " ".join(" ".join(pages(press.folder / "current" / name)).split())
