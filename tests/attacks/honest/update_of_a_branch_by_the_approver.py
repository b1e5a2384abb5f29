"""The manager brings main into the branch, with the forge's button, and then approves it."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND: list[str] = []
before = reviewing.before


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    stage.git("switch", "--quiet", "main")
    scenes.other_change(stage)
    stage.git("switch", "--quiet", "topic")
    stage.merge("main", who=MANAGER)
    clicks = [reviewing.review(stage, QUALITY), reviewing.review(stage, MANAGER)]
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
