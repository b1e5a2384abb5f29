"""`qms check`, `list` and `show` of a manual that has begun: now, and as of an earlier day."""

from pathlib import Path

import pytest

from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Meaning
from tests.attacks.stage import DOCUMENT, DRAFTER, MANAGER, PATH, QUALITY, Stage, begun
from tests.outer import Answer, Repo


class Manual:
    """A stage and its command line."""

    def __init__(self, stage: Stage, home: Path) -> None:
        self.stage = stage
        self.repo = Repo(stage.root, home)

    def ask(self, *arguments: str, **changes: str) -> Answer:
        return self.repo.ask(*arguments, "--lang", "en", **changes)

    def listed(self, *options: str, name: str = DOCUMENT) -> list[str]:
        rows = self.ask("list", "documents", "--format", "json", *options).json
        keys = ("language", "revision", "status")
        return [" ".join(row[key] for key in keys) for row in rows if row["identification"] == name]


@pytest.fixture
def manual(tmp_path: Path) -> Manual:
    """Return a manual whose procedure is in force, and a draft of its next revision."""
    (tmp_path / "m").mkdir()
    (tmp_path / "home").mkdir()
    stage = begun(tmp_path / "m")
    stage.issued()
    stage.revised("## Purpose", "## Purpose\n\nNew.")
    return Manual(stage, tmp_path / "home")


def test_the_register_of_now_has_drafts_and_that_of_a_day_has_none(manual: Manual) -> None:
    assert manual.listed() == ["en 1 in force", "en 2 draft", "zh-CN 1 in force", "zh-CN 2 draft"]
    assert manual.listed("--as-of", "2026-03-02") == ["en 1 in force", "zh-CN 1 in force"]


def test_the_register_of_an_instant_knows_nothing_that_landed_later(manual: Manual) -> None:
    assert manual.listed("--as-of", "2026-03-02T11:30:00+00:00") == []
    assert manual.listed("--as-of", "2026-03-02T13:00:00+00:00")[0] == "en 1 in force"


def test_the_day_can_stand_in_the_environment(manual: Manual) -> None:
    rows = manual.ask("list", "documents", "--json", QMS_AS_OF="2026-03-02").json
    assert "draft" not in {row["status"] for row in rows}


@pytest.mark.parametrize(
    "when",
    ["tomorrow", "2026-02-30", "2026-03-02T09:00:00", "9999-12-31", "0001-01-01", "20260302"],
)
@pytest.mark.parametrize(
    "command", [["check"], ["list", "documents"], ["show", DOCUMENT]], ids=lambda c: c[0]
)
def test_what_is_no_day_is_refused(manual: Manual, command: list[str], when: str) -> None:
    with pytest.raises(QmsError) as error:
        manual.ask(*command, "--as-of", when)
    assert error.value.key == "no-instant"


@pytest.mark.parametrize("view", ["documents", "copies"])
def test_a_list_of_a_day_is_complete(manual: Manual, view: str) -> None:
    answer = manual.ask("list", view, "--as-of", "2026-03-02")
    assert (answer.code, answer.err) == (0, "")


def test_before_the_beginning_nothing_can_be_asked(manual: Manual) -> None:
    with pytest.raises(QmsError) as error:
        manual.ask("list", "documents", "--as-of", "2026-03-01")
    assert error.value.key == "not-begun-then"
    with pytest.raises(QmsError) as error:
        manual.ask("list", "parameters", "--as-of", "2026-03-02")
    assert error.value.key == "no-view-then"


def test_show_tells_revisions_with_their_evidence(manual: Manual) -> None:
    text = manual.ask("show", DOCUMENT, "--as-of", "2026-03-02").out
    assert "Status: in force" in text
    assert "Released by: Demo Controller (CSC-RS-03), 2026-03-02 21:00+08:00" in text
    assert "Approved: Demo Manager (CSC-RS-01), 2026-03-02 20:00+08:00, signed" in text
    assert "Review due: 2027-03-02 23:59+08:00" in text
    assert "Approval:" not in text


def test_show_tells_what_a_draft_lacks_and_what_did_not_count(manual: Manual) -> None:
    stage = manual.stage
    stage.say(DRAFTER, Meaning.PREPARED)
    stage.commit()
    stage.say(DRAFTER, Meaning.APPROVED, role="CSC-RS-04")
    stage.say(QUALITY, Meaning.REVIEWED)
    stage.commit()
    text = manual.ask("show", DOCUMENT).out
    assert "Approval: not approved (CSC-RS-01 General Manager); not translated (zh-CN)" in text
    assert "Approved, Demo Drafter (CSC-RS-04): whoever has prepared a text" in text
    data = manual.ask("show", DOCUMENT, "--json").json
    assert data["missing"] == [
        {"meaning": "approved", "who": "CSC-RS-01"},
        {"meaning": "translated", "who": "zh-CN"},
    ]
    assert [each["reason"] for each in data["dismissed"]] == ["preparer"]
    stage.edit(PATH, "New.", "Newer.")
    assert "stands in no commit" in manual.ask("show", DOCUMENT).out
    stage.commit()
    data = manual.ask("show", DOCUMENT, "--json").json
    assert {each["reason"] for each in data["dismissed"]} == {"other-content"}
    assert [each["meaning"] for each in data["missing"]] == [
        *("prepared", "reviewed", "approved", "translated")
    ]


def test_show_still_knows_a_document_in_force_whose_file_is_gone(manual: Manual) -> None:
    for file in (PATH, PATH.replace(".md", ".zh-CN.md")):
        (manual.stage.root / file).unlink()
    assert "Status: in force" in manual.ask("show", DOCUMENT).out


def test_a_manual_with_records_and_no_commit_is_checked(tmp_path: Path, small: Repo) -> None:
    small.write("records/genesis.json", "{}")
    small.git("update-ref", "-d", "HEAD")
    assert small.ask("check").code == 0


WAIVERS = """\
revision: 1
waivers:
  - code: QMS401
    document: CSC-QP-01
    reason: The review waits for the new telephone system
    owner: CSC-RS-02
    expires: 2027-06-30
"""


@pytest.fixture
def reviewed(tmp_path: Path) -> Manual:
    """Return a manual in force, of which everything else but the procedure is not released."""
    (tmp_path / "m").mkdir()
    (tmp_path / "home").mkdir()
    stage = begun(tmp_path / "m")
    stage.issued()
    return Manual(stage, tmp_path / "home")


def test_a_review_is_announced_and_then_overdue(reviewed: Manual) -> None:
    answer = reviewed.ask("check", "--as-of", "2026-12-01")
    assert (answer.code, answer.out.splitlines()[-1][-23:]) == (0, "Everything is in order.")
    announced = reviewed.ask("check", "--as-of", "2027-02-01")
    assert announced.code == 0
    assert "warning QMS402" in announced.out
    assert "Warnings: 1" in announced.out
    assert "error QMS401" in reviewed.ask("check", "--as-of", "2027-03-03").out
    assert reviewed.ask("check", "--as-of", "2027-03-03").code == 1


def test_a_waiver_counts_once_it_is_released_until_it_is_over(reviewed: Manual) -> None:
    stage = reviewed.stage
    stage.write({"manual/waivers.yaml": WAIVERS})
    stage.commit("Waiver")
    assert reviewed.ask("check", "--as-of", "2027-03-03").code == 1
    stage.say(DRAFTER, Meaning.PREPARED, "waivers")
    stage.say(QUALITY, Meaning.REVIEWED, "waivers")
    stage.say(MANAGER, Meaning.APPROVED, "waivers")
    stage.commit("Approvals")
    stage.release("waivers")
    stage.commit("Release")
    answer = reviewed.ask("check", "--as-of", "2027-03-03")
    assert answer.code == 0
    assert answer.out.endswith(
        "Findings accepted by waivers: 1\n    QMS401 in CSC-QP-01, until 2027-06-30\n"
    )
    waived = reviewed.ask("check", "--as-of", "2027-03-03", "--json").json["waived"]
    assert [(each["code"], each["owner"]) for each in waived] == [("QMS401", "CSC-RS-02")]
    over = reviewed.ask("check", "--as-of", "2027-07-01", "--json")
    assert over.code == 1
    assert sorted(code for code, *_ in over.findings) == ["QMS303", "QMS401"]
    assert "QMS303" in reviewed.ask("check", "--as-of", "2026-06-01").out  # accepts nothing yet


def test_what_an_editorial_change_touches_is_found(reviewed: Manual) -> None:
    stage = reviewed.stage
    text = stage.read(PATH).replace("class: minor", "class: editorial")
    text = text.replace("summary: States", "summary: Now states")
    stage.write({PATH: text})
    stage.revised("within 15 days", "within 20 days")
    found = [code for code, *_ in reviewed.ask("check", "--json").findings]
    assert "QMS203" in found
