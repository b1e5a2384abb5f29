"""The controller alone registers a sheet of paper that the manager is said to have signed."""

from qms_docs.words.evidence import Meaning
from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, MANAGER, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.statements.Statements._sheet": lambda *_: ""}


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    scenes.on_paper(stage, CONTROLLER, Meaning.APPROVED, MANAGER, "CSC-RS-01")
    stage.commit("Registered", who=CONTROLLER)
    stage.now += scenes.AN_HOUR  # another record, as it says another time
    scenes.on_paper(stage, CONTROLLER, Meaning.APPROVED, MANAGER, "CSC-RS-01")
    stage.commit("Registered again", who=CONTROLLER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
