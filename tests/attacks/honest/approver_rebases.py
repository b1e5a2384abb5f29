"""The manager brings the drafter's branch up to date by a rebase, and approves what is on it."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, PATH, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    stage.git("switch", "--quiet", "--create", "topic")
    stage.edit(PATH, "within 15 days", "within 10 days")
    stage.commit("Shorter")
    stage.edit(PATH, "Every complaint", "Each complaint")
    stage.commit("Wording")
    stage.git("switch", "--quiet", "main")
    scenes.other_change(stage)
    stage.git("rebase", "--quiet", "main", "topic", who=MANAGER)
    stage.git("switch", "--quiet", "main")
    stage.git("merge", "--quiet", "--ff-only", "topic", who=MANAGER)
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
