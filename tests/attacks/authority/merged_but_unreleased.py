"""An authority that gives a friend the manager's role was merged long ago, and never released."""

from tests.attacks import weak
from tests.attacks.stage import CONTROLLER, DRAFTER, QUALITY, Stage

FOUND = ["QMS905 role", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.ledger.Ledger._before": weak.written}


def attack(stage: Stage) -> None:
    stage.amend(add_role=(CONTROLLER, "CSC-RS-01"))
    stage.commit("Merged")
    stage.say(DRAFTER, "prepared")
    stage.say(DRAFTER, "translated")
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    stage.say(CONTROLLER, "approved", role="CSC-RS-01")
    stage.commit("Approval")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
