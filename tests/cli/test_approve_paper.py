"""`qms approve --paper`: a sheet signed by hand counts when two others vouch for the same scan."""

import os
from pathlib import Path

import pytest

from qms_docs.text import papersheet
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Grade, Meaning
from tests.acting import Life
from tests.attacks.stage import CONTROLLER, DOCUMENT, DRAFTER, MANAGER, QUALITY


@pytest.fixture
def scan(life: Life) -> Path:
    """Return the scan of a sheet; the text is prepared and reviewed."""
    for who, meaning in ((DRAFTER, "prepared"), (DRAFTER, "translated"), (QUALITY, "reviewed")):
        life.ask(who, "approve", DOCUMENT, "--meaning", meaning, "--yes")
    life.stage.commit("Said")
    file = life.repo.home / "sheet.pdf"
    file.write_bytes(b"%PDF a signature by hand")
    return file


def code(life: Life, meaning: str = "approved", *ids: str) -> str:
    """Return the code of the sheet for the newest committed texts."""
    acts = (life.stage.act(Meaning(meaning), each) for each in ids or (DOCUMENT,))
    return papersheet.of(life.stage.genesis, acts).code


def register(life: Life, who: str, scan: Path, *options: str) -> str:
    sheet = ("--paper", str(scan), "--by", MANAGER, "--by-role", "CSC-RS-01", "--code", code(life))
    answer = life.ask(who, "approve", DOCUMENT, *sheet, "--yes", *options)
    assert answer.code == 0
    life.stage.commit("Registered", who=who)
    return answer.out


def refused(life: Life, who: str, scan: Path, by: str = MANAGER, role: str = "CSC-RS-01") -> str:
    sheet = ("--paper", str(scan), "--by", by, "--by-role", role, "--code", code(life))
    with pytest.raises(QmsError) as raised:
        life.ask(who, "approve", DOCUMENT, *sheet, "--yes")
    assert life.status() == []
    return raised.value.values.get("reason", raised.value.key)


def test_a_sheet_counts_when_two_people_have_registered_it(life: Life, scan: Path) -> None:
    out = register(life, QUALITY, scan)
    assert "It counts when a second person has registered the same scan." in out
    assert life.ask(CONTROLLER, "release", DOCUMENT).code == 1
    register(life, CONTROLLER, scan, "--comment", "In other words")
    assert life.ask(CONTROLLER, "release", DOCUMENT).code == 0
    life.stage.commit("Released")
    assert life.stage.found() == []
    issue = life.stage.ledger().issues[DOCUMENT][0]
    (approval,) = (each for each in issue.approvals if each.meaning is Meaning.APPROVED)
    assert (approval.grade, approval.role) == (Grade.PAPER, "CSC-RS-01")
    assert approval.person == {"": "Demo Manager"}


def test_the_grade_is_shown(life: Life, scan: Path) -> None:
    register(life, QUALITY, scan)
    register(life, CONTROLLER, scan)
    life.ask(CONTROLLER, "release", DOCUMENT)
    life.stage.commit("Released")
    assert "on paper" in life.repo.ask("show", DOCUMENT).out


def test_another_scan_is_another_sheet(life: Life, scan: Path) -> None:
    register(life, QUALITY, scan)
    scan.write_bytes(b"%PDF another")
    register(life, CONTROLLER, scan)
    assert life.ask(CONTROLLER, "release", DOCUMENT).code == 1


def test_one_person_does_not_register_twice(life: Life, scan: Path) -> None:
    register(life, QUALITY, scan)
    assert refused(life, QUALITY, scan) == "one-registrar"


def test_nobody_registers_their_own_sheet(life: Life, scan: Path) -> None:
    assert refused(life, MANAGER, scan) == "own-sheet"


def test_the_sheet_is_judged_like_a_signature(life: Life, scan: Path) -> None:
    assert refused(life, QUALITY, scan, by="nobody") == "sheet-role"
    assert refused(life, QUALITY, scan, by=CONTROLLER) == "sheet-role"
    assert refused(life, QUALITY, scan, by=DRAFTER, role="CSC-RS-04") == "preparer"
    assert refused(life, QUALITY, scan, by=CONTROLLER, role="CSC-RS-03") == "not-needed"


def test_data_is_never_approved_on_paper(life: Life, scan: Path) -> None:
    sheet = ("--paper", str(scan), "--by", MANAGER, "--by-role", "CSC-RS-01")
    life.repo.ask("revise", "authority", "--summary", "x")
    life.stage.commit("Next")
    sheet += ("--code", code(life, "approved", "authority"))
    with pytest.raises(QmsError) as raised:
        life.ask(QUALITY, "approve", "authority", *sheet, "--yes")
    assert raised.value.values["reason"] == "grade"


@pytest.mark.parametrize("missing", ["--paper", "--by", "--by-role", "--code"])
def test_what_is_missing_is_named(life: Life, scan: Path, missing: str) -> None:
    sheet = ["--paper", str(scan), "--by", MANAGER, "--by-role", "CSC-RS-01", "--code", "x"]
    at = sheet.index(missing)
    del sheet[at : at + 2]
    with pytest.raises(QmsError) as raised:
        life.ask(QUALITY, "approve", DOCUMENT, *sheet, "--yes")
    assert raised.value.values["option"] == missing


def test_a_scan_that_is_no_file_is_an_error(life: Life, scan: Path, tmp_path: Path) -> None:
    assert refused(life, QUALITY, tmp_path / "nothing") == "unreadable-file"
    os.mkfifo(tmp_path / "pipe")
    assert refused(life, QUALITY, tmp_path / "pipe") == "unreadable-file"
    assert refused(life, QUALITY, Path("/dev/zero")) == "unreadable-file"
