"""A signature that the manager gave for something else (a commit) is put under an approval."""

from tests.attacks.stage import DRAFTER, MANAGER, QUALITY, Stage

FOUND = ["QMS904 namespace", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.entitlement.false_signature": lambda record: None}


def attack(stage: Stage) -> None:
    stage.say(DRAFTER, "prepared")
    stage.say(DRAFTER, "translated")
    stage.say(QUALITY, "reviewed")
    stage.say(MANAGER, "approved", namespace="git")
    stage.commit("Approvals")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
