"""The manager's approval of the first revision is given out as one of the second."""

from tests.attacks import weak
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS904 signature", "QMS906 no-approved"]
GUARDS = weak.unsigned


def attack(stage: Stage) -> None:
    stage.issued()
    record, _ = stage.record(MANAGER, stage.statement("approved"))
    stage.revised("Every complaint", "Each complaint")
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    stage.forge(record, stage.statement("approved"))
    stage.commit("Approval of something else")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 2
