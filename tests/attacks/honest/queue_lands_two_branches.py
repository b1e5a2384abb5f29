"""A queue merges two approved branches one after the other, as its own user; both are in force."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND: list[str] = []
MANUAL = "CSC-QM-01"


def attack(stage: Stage) -> None:
    stage.git("branch", "second")
    stage.git("switch", "--quiet", "--create", "first")
    stage.edit(PATH, "within 15 days", "within 10 days")
    stage.commit("Shorter")
    stage.issued()
    stage.git("switch", "--quiet", "second")
    stage.edit("manual/process.svg", "M51 20 H69", "M51 20 H60")
    stage.commit("Drawing")
    stage.issued(MANUAL)
    for branch in ("first", "second"):
        scenes.merged(stage, branch, who="queue")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1 and stage.in_force(MANUAL) == 1
