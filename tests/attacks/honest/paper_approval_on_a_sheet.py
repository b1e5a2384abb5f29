"""The manager signs the approval sheet of the text, and two others register it by its digest."""

from qms_docs.words.evidence import Grade
from tests.attacks import scenes
from tests.attacks.stage import Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    scenes.registered_by_two(stage, scenes.sheet_of(stage))
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    approval = stage.ledger().issues["CSC-QP-01"][0].approvals[-1]
    return stage.in_force() == 1 and approval.grade is Grade.PAPER
