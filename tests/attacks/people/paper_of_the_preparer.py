"""The manager has prepared the text; their approval comes on paper, rightly registered by two."""

from qms_docs.words.evidence import Meaning
from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, DRAFTER, MANAGER, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.approvals.SEPARATE": ()}


def attack(stage: Stage) -> None:
    scenes.spoken(stage, prepared=MANAGER, approved="")
    scenes.on_paper(stage, CONTROLLER, Meaning.APPROVED, MANAGER, "CSC-RS-01")
    scenes.on_paper(stage, DRAFTER, Meaning.APPROVED, MANAGER, "CSC-RS-01")
    stage.commit("Registered")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
