"""Quality sent the text back; a force-push takes that from main, and the text is released."""

from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS910 push"]
GUARDS = {"qms_docs.work.pushing._begin": lambda line, old: 0}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    stage.say(QUALITY, "rejected")
    stage.commit("Sent back", who=QUALITY)
    stage.serve()
    stage.git("reset", "--quiet", "--hard", "HEAD~1")
    stage.say(MANAGER, "approved")
    stage.commit("Approval")
    stage.release()
    stage.commit("Release")
    assert stage.found() == []
    stage.push()


def found(stage: Stage) -> list[str]:
    return stage.refused


def succeeded(stage: Stage) -> bool:
    return stage.served() == 1
