"""A year later the owner finds that the procedure still fits, and says so; the revision stays."""

from datetime import timedelta

from qms_docs.words.evidence import Meaning
from tests.attacks import scenes
from tests.attacks.stage import QUALITY, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    stage.issued()
    stage.now += timedelta(days=360)
    scenes.of_release(stage, QUALITY, Meaning.REAFFIRM)
    stage.commit("Reviewed", who=QUALITY)


def succeeded(stage: Stage) -> bool:
    ledger = stage.ledger()
    verdicts = ledger.statements.verdicts[ledger.issues["CSC-QP-01"][0].subject]
    return stage.in_force() == 1 and [each.meaning for each in verdicts] == [Meaning.REAFFIRM]
