"""The manager sends a text back after approving it; the approval is added again, as the newest."""

from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS901 deleted", "QMS906 no-approved", "QMS906 rejected"]
GUARDS = {"qms_docs.judge.ledger.Ledger._is_known": lambda *_: False}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    data = stage.record(MANAGER, stage.statement("approved"))
    stage.put(*data)
    stage.commit("Approval")
    stage.say(MANAGER, "rejected")
    stage.commit("Sent back", who=MANAGER)
    stage.unlink(data[0])
    stage.commit("Clean up")
    stage.put(*data)
    stage.commit("Restore")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
