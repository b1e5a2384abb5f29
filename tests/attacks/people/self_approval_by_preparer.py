"""The manager prepares a text himself and approves it as well; nobody else has approved it."""

from tests.attacks.stage import CONTROLLER, MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.approvals.SEPARATE": ()}


def attack(stage: Stage) -> None:
    stage.say(MANAGER, "prepared")
    stage.say(CONTROLLER, "translated")
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    stage.say(MANAGER, "approved")
    stage.commit("Approval")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
