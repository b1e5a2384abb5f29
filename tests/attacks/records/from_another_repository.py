"""The manager approved this very text in a trial repository; the record is copied over."""

from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS903 foreign", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.ledger.Ledger._is_ours": lambda *_: True}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    stage.say(MANAGER, "approved", manual="7" * 64)
    stage.commit("Approval")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
