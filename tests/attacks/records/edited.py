"""The record by which quality sent a text back is overwritten with harmless words."""

from qms_docs.text import records
from tests.attacks import weak
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS901 changed", "QMS906 no-reviewed", "QMS906 no-approved", "QMS906 rejected"]
GUARDS = {"qms_docs.judge.ledger.Ledger.land": weak.forgetting}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    stage.say(MANAGER, "approved")
    rejected = stage.say(QUALITY, "rejected")
    stage.commit("Approved, but sent back")
    stage.write({records.paths(rejected)[0]: "{}\n"})
    stage.commit("Clean up")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
