"""The drafter adds an own key to the manager's in the commit that brings approvals made with it."""

from tests.attacks import weak
from tests.attacks.stage import DRAFTER, MANAGER, OUTSIDER, QUALITY, Stage

FOUND = ["QMS905 key", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.ledger.Ledger._before": weak.written}


def attack(stage: Stage) -> None:
    stage.say(DRAFTER, "prepared")
    stage.say(DRAFTER, "translated")
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    stage.amend(add_key=(MANAGER, OUTSIDER))
    stage.say(MANAGER, "approved", key=stage.keys[OUTSIDER])
    stage.release()
    stage.commit("Approval with a key that comes along")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
