"""The controller approves as if they were the manager."""

from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, Stage

FOUND = ["QMS905 role", "QMS906 no-approved"]
GUARDS = {"qms_docs.words.authority.Person.holds": lambda *_: True}


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    stage.say(CONTROLLER, "approved", role="CSC-RS-01")
    stage.commit("Approval", who=CONTROLLER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
