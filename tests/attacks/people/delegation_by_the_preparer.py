"""The manager prepares the text, and has the controller approve it on their behalf."""

from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, MANAGER, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.approvals.SEPARATE": ()}
before = scenes.delegated(MANAGER, CONTROLLER)


def attack(stage: Stage) -> None:
    scenes.spoken(stage, prepared=MANAGER, approved="")
    stage.say(CONTROLLER, "approved", role="CSC-RS-01", behalf=MANAGER)
    stage.commit("Approval", who=CONTROLLER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
