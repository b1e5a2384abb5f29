"""A branch without the newest records takes main in with `-s ours` and is pushed as main."""

from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS910 push"]
GUARDS = {
    "qms_docs.work.pushing._begin": lambda line, old: 0,
    "qms_docs.judge.admission._dropped": lambda *_: None,
}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    start = stage.git("rev-parse", "HEAD").strip()
    stage.say(QUALITY, "rejected")
    stage.commit("Sent back", who=QUALITY)
    stage.serve()
    stage.git("switch", "--quiet", "--create", "side", start)
    stage.say(MANAGER, "approved")
    stage.commit("Approval")
    stage.merge("main", "--strategy=ours")
    stage.release()
    stage.commit("Release")
    stage.push()


def found(stage: Stage) -> list[str]:
    return stage.refused


def succeeded(stage: Stage) -> bool:
    return stage.served() == 1
