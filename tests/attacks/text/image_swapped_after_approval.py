"""After the approvals another drawing is put in the place of the one that the text shows."""

from tests.attacks import scenes
from tests.attacks.stage import Stage

FOUND = scenes.APPROVALS_MISSING
GUARDS = {"qms_docs.text.closure.closure_of": scenes.without_inclusions}
MANUAL = "CSC-QM-01"


def attack(stage: Stage) -> None:
    stage.approved(MANUAL)
    stage.edit("manual/process.svg", "M51 20 H69", "M51 20 H60")
    stage.commit("Drawing")
    scenes.let_go(stage, MANUAL)


def succeeded(stage: Stage) -> bool:
    return stage.in_force(MANUAL) == 1
