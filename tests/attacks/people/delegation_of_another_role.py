"""The controller may review on behalf of quality, and approves on behalf of the manager."""

from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, MANAGER, QUALITY, Stage

FOUND = ["QMS905 delegation", "QMS906 no-approved"]
GUARDS = {"qms_docs.words.authority.Authority.delegated": lambda *_: True}
before = scenes.delegated(QUALITY, CONTROLLER, role="CSC-RS-02")


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    stage.say(CONTROLLER, "approved", role="CSC-RS-01", behalf=MANAGER)
    stage.commit("Approval", who=CONTROLLER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
