"""The manager sends a text back, is convinced, and approves it as it is: the newest word counts."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    stage.say(MANAGER, "rejected")
    stage.commit("Sent back", who=MANAGER)
    stage.say(MANAGER, "approved")
    stage.commit("Approved", who=MANAGER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
