"""The drawing in a text that is in force is replaced; text and revision stay as they are."""

from qms_docs.words.model import Status
from tests.attacks import scenes
from tests.attacks.stage import Stage

FOUND: list[str] = []
GUARDS = {"qms_docs.text.closure.closure_of": scenes.without_inclusions}
MANUAL = "CSC-QM-01"


def attack(stage: Stage) -> None:
    stage.issued(MANUAL)
    assert scenes.shown(stage, MANUAL) is Status.EFFECTIVE
    stage.edit("manual/process.svg", "M51 20 H69", "M51 20 H60")
    stage.commit("Drawing")


def succeeded(stage: Stage) -> bool:
    return scenes.shown(stage, MANUAL) is Status.EFFECTIVE
