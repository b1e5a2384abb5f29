"""The manager commits to the drafter's branch, but nothing except their own approval."""

from tests.attacks import scenes
from tests.attacks.stage import DRAFTER, MANAGER, PATH, QUALITY, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    stage.git("switch", "--quiet", "--create", "topic")
    stage.edit(PATH, "within 15 days", "within 10 days")
    stage.commit("Shorter")
    stage.say(DRAFTER, "prepared")
    stage.say(DRAFTER, "translated")
    stage.commit("Prepared")
    for who, meaning in ((QUALITY, "reviewed"), (MANAGER, "approved")):
        stage.say(who, meaning)
        stage.commit(meaning, who=who)
    stage.release()
    stage.commit("Release", who="controller")
    scenes.merged(stage, "topic", who=DRAFTER)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
