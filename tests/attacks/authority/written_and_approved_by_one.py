"""The manager, who approves the authority, has written its new version and given it an own key."""

from tests.attacks.stage import CONTROLLER, MANAGER, OUTSIDER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.approvals.SEPARATE": ()}


def attack(stage: Stage) -> None:
    stage.amend(add_key=(QUALITY, OUTSIDER))
    stage.commit("The next authority", who=MANAGER)
    stage.say(CONTROLLER, "prepared", "authority")
    stage.say(QUALITY, "reviewed", "authority")
    stage.commit("Review")
    stage.say(MANAGER, "approved", "authority")
    stage.commit("Approval")
    stage.release("authority")
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force("authority", "zxx") == 2
