"""A forge lands a branch by copying its commits one by one onto main; the approvals stay valid."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    start = stage.git("rev-parse", "HEAD").strip()
    stage.git("switch", "--quiet", "--create", "topic")
    stage.edit(PATH, "within 15 days", "within 10 days")
    stage.commit("Shorter")
    stage.issued()
    stage.git("switch", "--quiet", "main")
    scenes.other_change(stage)
    stage.git("cherry-pick", f"{start}..topic", who="forge")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
