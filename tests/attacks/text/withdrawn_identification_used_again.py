"""A procedure was withdrawn; another text takes its identification, as the next revision."""

from qms_docs.words.evidence import Meaning
from tests.attacks import scenes
from tests.attacks.stage import MANAGER, Stage

FOUND = ["QMS908 withdrawn"]
GUARDS = {"qms_docs.judge.releasing._order": lambda candidate: ()}


def attack(stage: Stage) -> None:
    stage.issued()
    scenes.of_release(stage, MANAGER, Meaning.WITHDRAW)
    stage.commit("Withdrawn", who=MANAGER)
    stage.revised("Every complaint", "Every order")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.status(2) is not None
