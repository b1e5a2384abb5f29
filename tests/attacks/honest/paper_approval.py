"""The manager signs a sheet of paper, and two others register it."""

from qms_docs.words.evidence import Grade, Meaning
from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, DRAFTER, MANAGER, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    scenes.on_paper(stage, CONTROLLER, Meaning.APPROVED, MANAGER, "CSC-RS-01")
    stage.commit("Registered", who=CONTROLLER)
    scenes.on_paper(stage, DRAFTER, Meaning.APPROVED, MANAGER, "CSC-RS-01")
    stage.commit("Registered")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    approval = stage.ledger().issues["CSC-QP-01"][0].approvals[-1]
    return stage.in_force() == 1 and approval.grade is Grade.PAPER
