"""A change of the title page alone needs less: quality approves it, and nobody has to review it."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, QUALITY, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    stage.issued()
    stage.edit(PATH, "class: minor", "class: editorial")
    stage.revised("reason: Time limits were not stated", "reason: A word was spelt wrongly")
    scenes.spoken(stage, reviewed="", approved="")
    stage.say(QUALITY, "approved")
    stage.commit("Approved", who=QUALITY)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 2
