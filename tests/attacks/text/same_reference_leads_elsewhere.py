"""A document in force is moved to a folder where the same address leads to another drawing."""

from qms_docs.words.model import Status
from tests.attacks import scenes
from tests.attacks.stage import Stage

FOUND: list[str] = []
GUARDS = {"qms_docs.text.closure.closure_of": scenes.without_inclusions}
MANUAL = "CSC-QM-01"


def attack(stage: Stage) -> None:
    drawing = stage.read("manual/process.svg").replace("M51 20 H69", "M51 20 H60")
    stage.write({"manual/roles/process.svg": drawing})
    stage.commit("A drawing")
    stage.issued(MANUAL)
    stage.git("mv", "manual/CSC-QM-01.md", "manual/roles/CSC-QM-01.md")
    stage.commit("Moved")


def succeeded(stage: Stage) -> bool:
    return scenes.shown(stage, MANUAL) is Status.EFFECTIVE
