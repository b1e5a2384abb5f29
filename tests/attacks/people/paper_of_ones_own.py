"""The manager, whose key is not enough, registers a sheet of their own as the second registrar."""

from qms_docs.words.evidence import Meaning
from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, MANAGER, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.statements.Statements._sheet": lambda *_: ""}


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    scenes.on_paper(stage, CONTROLLER, Meaning.APPROVED, MANAGER, "CSC-RS-01")
    scenes.on_paper(stage, MANAGER, Meaning.APPROVED, MANAGER, "CSC-RS-01")
    stage.commit("Registered")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
