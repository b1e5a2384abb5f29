"""The manager takes an approval back; its record is deleted and added again, to count anew."""

from tests.attacks.stage import DRAFTER, MANAGER, QUALITY, Stage

FOUND = ["QMS901 deleted", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.ledger.Ledger._is_known": lambda *_: False}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    data = stage.record(MANAGER, stage.statement("approved"))
    stage.put(*data)
    stage.commit("Approval")
    stage.void(MANAGER, data[0])
    stage.commit("Taken back", who=MANAGER)
    stage.unlink(data[0])
    stage.commit("Clean up", who=DRAFTER)
    stage.put(*data)
    stage.commit("Restore", who=DRAFTER)
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
