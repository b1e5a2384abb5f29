"""The manager sends a text back; the drafter mends it, and the manager approves it then."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, PATH, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    stage.say(MANAGER, "rejected")
    stage.commit("Sent back", who=MANAGER)
    stage.edit(PATH, "within 15 days", "within 10 days")
    stage.commit("Mended")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
