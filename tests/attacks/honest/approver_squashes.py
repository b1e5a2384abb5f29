"""The manager squashes the drafter's branch, in which the drafter has said that it is prepared."""

from tests.attacks import scenes
from tests.attacks.stage import DRAFTER, MANAGER, PATH, QUALITY, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    stage.git("switch", "--quiet", "--create", "topic")
    stage.edit(PATH, "within 15 days", "within 20 days")
    stage.commit("Longer")
    stage.edit(PATH, "within 20 days", "within 10 days")
    stage.commit("Shorter")
    stage.say(DRAFTER, "prepared")
    stage.say(DRAFTER, "translated")
    stage.commit("Prepared")
    stage.say(QUALITY, "reviewed")
    stage.commit("Reviewed", who=QUALITY)
    scenes.squashed(stage, "topic", who=MANAGER)
    stage.say(MANAGER, "approved")
    stage.commit("Approved", who=MANAGER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
