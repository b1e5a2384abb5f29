"""The drafter says on the manager's behalf that a text is prepared; the manager approves it."""

from tests.attacks import scenes
from tests.attacks.stage import DRAFTER, MANAGER, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.approvals.SEPARATE": ()}
before = scenes.delegated(MANAGER, DRAFTER)


def attack(stage: Stage) -> None:
    stage.say(DRAFTER, "prepared", role="CSC-RS-01", behalf=MANAGER)
    scenes.spoken(stage, prepared="")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
