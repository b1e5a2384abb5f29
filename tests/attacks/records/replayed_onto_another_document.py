"""The manager approved one document; the name of another is put into the signed record."""

from tests.attacks import weak
from tests.attacks.stage import MANAGER, QUALITY, Stage

OTHER = "CSC-QM-01"
FOUND = ["QMS904 signature", "QMS906 no-approved"]
GUARDS = weak.unsigned


def attack(stage: Stage) -> None:
    stage.prepared(OTHER)
    stage.say(QUALITY, "reviewed", OTHER)
    stage.commit("Review")
    record, _ = stage.record(MANAGER, stage.statement("approved"))
    stage.forge(record, stage.statement("approved", OTHER))
    stage.commit("Approval of something else")
    stage.release(OTHER)
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force(OTHER) == 1
