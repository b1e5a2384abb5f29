"""The manager merges main into the drafter's branch, then the branch into main, and approves it."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, PATH, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    stage.git("switch", "--quiet", "--create", "topic")
    stage.edit(PATH, "within 15 days", "within 10 days")
    stage.commit("Shorter")
    stage.git("switch", "--quiet", "main")
    scenes.other_change(stage)
    stage.git("switch", "--quiet", "topic")
    stage.git("merge", "--quiet", "--message=Main", "main", who=MANAGER)
    scenes.merged(stage, "topic", who=MANAGER)
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
