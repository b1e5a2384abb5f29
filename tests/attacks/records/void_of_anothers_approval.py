"""An enemy of the procedure takes the manager's approval back, so that it cannot be released."""

from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS912 other"]
GUARDS = {"qms_docs.judge.ledger._is_own": lambda *_: True}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    approved = stage.say(MANAGER, "approved")
    stage.commit("Approval")
    stage.void(QUALITY, approved)
    stage.commit("Taken back by somebody else", who=QUALITY)
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() is None
