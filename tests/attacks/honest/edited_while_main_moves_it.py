"""A branch changes a document that main moves meanwhile; Git joins both. The drafter prepares what
came of it, and the manager, who did neither, approves it."""

from tests.attacks import scenes
from tests.attacks.stage import DRAFTER, PATH, Stage

FOUND: list[str] = []
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.git("switch", "--quiet", "--create", "topic")
    stage.edit(PATH, "within 15 days", "within 10 days")
    stage.commit("Shorter")
    stage.git("switch", "--quiet", "main")
    (stage.root / "procedures/service").mkdir()
    stage.git("mv", PATH, "procedures/service/CSC-QP-01.md")
    stage.commit("Moved")
    scenes.merged(stage, "topic", who=DRAFTER)
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
