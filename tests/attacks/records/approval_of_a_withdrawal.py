"""What the manager said when withdrawing a text is to count as approval of it."""

from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {
    "qms_docs.judge.approvals._fills": lambda each, slot, needed: (
        slot.who in ("", each.role, each.person)
    ),
    "qms_docs.judge.approvals._objection": lambda *_: "",
}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    stage.say(MANAGER, "withdraw")
    stage.commit("Withdrawal")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
