"""A new procedure takes the place of another, as it says, and all who approved that agree."""

from qms_docs.words.model import Status
from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

NEW = "CSC-QP-02"
FOUND: list[str] = []
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.issued()
    text = stage.read(PATH).replace("CSC-QP-01", NEW)
    text = text.replace("parent:", "supersedes: [CSC-QP-01]\nparent:")
    stage.write({f"procedures/{NEW}.md": text})
    stage.commit("Another")
    stage.issued(NEW)


def succeeded(stage: Stage) -> bool:
    return stage.in_force(NEW) == 1 and stage.status(1) is Status.SUPERSEDED
