"""Git's own lock is not needed, is reported in one sentence, and is never removed."""

from pathlib import Path

import pytest

from tests.acting import Life
from tests.attacks.stage import CONTROLLER, DOCUMENT, DRAFTER, MANAGER, QUALITY

CHANGE = ("--class", "major", "--reason", "r", "--summary", "s")
STEPS = {
    "approve": (DRAFTER, "approve", "CSC-QM-01", "--meaning", "prepared", "--yes"),
    "release": (CONTROLLER, "release", "CSC-RS-01"),
    "revise": ("", "revise", DOCUMENT, *CHANGE),
    "withdraw": (MANAGER, "withdraw", DOCUMENT, "--reason", "r", "--yes"),
    "periodic-review": (QUALITY, "periodic-review", DOCUMENT, "--verdict", "reaffirm", "--yes"),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_lock_of_git_is_told_and_kept(life: Life, name: str) -> None:
    life.stage.issued()
    life.stage.approved("CSC-RS-01")
    lock = life.repo.root / ".git" / "index.lock"
    lock.write_text("somebody's")
    who, *arguments = STEPS[name]
    answer = life.ask(who, *arguments) if who else life.repo.ask(*arguments)
    assert answer.code == 0
    assert "lock file .git/index.lock" in answer.err
    assert lock.read_text() == "somebody's"
    assert life.status()


def test_where_there_is_no_lock_nothing_is_said_of_it(life: Life) -> None:
    answer = life.ask(*STEPS["approve"])
    assert (answer.code, answer.err) == (0, "")
    assert not list(Path(life.repo.root / ".git").rglob("*.lock"))
