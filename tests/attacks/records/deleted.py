"""Quality sends a text back after having reviewed it; the record of that is deleted."""

from tests.attacks import weak
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS901 deleted", "QMS906 no-reviewed", "QMS906 no-approved", "QMS906 rejected"]
GUARDS = {"qms_docs.judge.ledger.Ledger.land": weak.forgetting}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    stage.say(MANAGER, "approved")
    rejected = stage.say(QUALITY, "rejected")
    stage.commit("Approved, but sent back")
    stage.unlink(rejected)
    stage.commit("Clean up")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
