"""Quality sent the text back on a branch; the branch is merged with `-s ours`, so nothing lands."""

from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS901 dropped"]
GUARDS = {"qms_docs.judge.admission._dropped": lambda *_: None}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    stage.serve()
    stage.git("switch", "--quiet", "--create", "side")
    stage.say(QUALITY, "rejected")
    stage.commit("Sent back", who=QUALITY)
    stage.git("switch", "--quiet", "main")
    stage.say(MANAGER, "approved")
    stage.commit("Approval")
    stage.merge("side", "--strategy=ours")
    stage.release()
    stage.commit("Release")
    stage.push()


def found(stage: Stage) -> list[str]:
    return stage.refused


def succeeded(stage: Stage) -> bool:
    return stage.served() == 1
