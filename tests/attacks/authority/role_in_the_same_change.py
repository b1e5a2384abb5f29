"""The drafter gives a friend the manager's role in the commit that brings the friend's approval."""

from tests.attacks import weak
from tests.attacks.stage import CONTROLLER, DRAFTER, QUALITY, Stage

FOUND = ["QMS905 role", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.ledger.Ledger._before": weak.written}


def attack(stage: Stage) -> None:
    stage.say(DRAFTER, "prepared")
    stage.say(DRAFTER, "translated")
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    stage.amend(add_role=(CONTROLLER, "CSC-RS-01"))
    stage.say(CONTROLLER, "approved", role="CSC-RS-01")
    stage.release()
    stage.commit("Approval in a role that comes along")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
