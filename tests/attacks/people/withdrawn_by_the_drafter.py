"""The drafter, who may not, withdraws a procedure that is in force."""

from qms_docs.words.evidence import Meaning
from qms_docs.words.model import Status
from tests.attacks import scenes
from tests.attacks.stage import DRAFTER, Stage

FOUND: list[str] = []
GUARDS = {"qms_docs.judge.statements.roles_for": lambda *_: ("CSC-RS-04",)}


def attack(stage: Stage) -> None:
    stage.issued()
    scenes.of_release(stage, DRAFTER, Meaning.WITHDRAW)
    stage.commit("Withdrawn")


def succeeded(stage: Stage) -> bool:
    return stage.status(1) is Status.WITHDRAWN
