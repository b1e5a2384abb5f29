"""The procedure is in force. A draft of it, which nobody has approved, says that it takes the place
of the manual; then only a translation is released, which has its control data from its master."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

MANUAL = "CSC-QM-01"
FOUND: list[str] = []
GUARDS = {"qms_docs.judge.candidate._with_released": lambda tree, issue: tree}


def attack(stage: Stage) -> None:
    stage.issued(MANUAL)
    scenes.spoken(stage)
    master, translation = stage.texts()
    scenes.released_as(stage, master)
    assert stage.in_force() == 1
    stage.edit(PATH, "records:", f"supersedes: [{MANUAL}]\nrecords:")
    stage.commit("Draft")
    scenes.released_as(stage, translation)


def succeeded(stage: Stage) -> bool:
    return stage.in_force(MANUAL) is None
