"""A text that was never released says of itself that it has been in force for a year."""

from qms_docs.words.model import Status
from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND: list[str] = []
GUARDS = {
    "qms_docs.judge.lifecycle.status": lambda document, manual: (
        Status.EFFECTIVE if document.control.effective < "2026" else Status.DRAFT
    )
}


def attack(stage: Stage) -> None:
    stage.edit(PATH, "effective: on-release", "effective: 2025-03-02T00:00:00+08:00")
    stage.commit("In force")


def succeeded(stage: Stage) -> bool:
    return scenes.shown(stage) is Status.EFFECTIVE
