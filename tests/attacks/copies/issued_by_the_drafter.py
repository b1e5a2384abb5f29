"""The drafter hands out a numbered copy that looks controlled, and records it as if they might."""

from tests.attacks import copying, weak
from tests.attacks.stage import DRAFTER, Stage

FOUND = ["QMS905 role"]
GUARDS = weak.anybody


def attack(stage: Stage) -> None:
    stage.issued()
    copying.issue(stage, 1, who=DRAFTER, role="CSC-RS-03")
    stage.commit("A copy")


def succeeded(stage: Stage) -> bool:
    return 1 in copying.copies(stage)
