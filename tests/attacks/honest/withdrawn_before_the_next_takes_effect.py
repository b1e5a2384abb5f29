"""The next revision is released for later; before that, the manager withdraws the procedure, and
neither is in force any more."""

from datetime import timedelta

from qms_docs.words.evidence import Meaning
from tests.attacks import scenes
from tests.attacks.stage import MANAGER, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    stage.issued()
    stage.edit("procedures/CSC-QP-01.md", "effective: on-release", "effective: +14 days")
    stage.revised("Every complaint", "Each complaint")
    stage.issued()
    assert stage.in_force() == 1
    scenes.of_release(stage, MANAGER, Meaning.WITHDRAW)
    stage.commit("Withdrawn", who=MANAGER)
    assert stage.in_force() is None
    stage.now += timedelta(days=20)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() is None
