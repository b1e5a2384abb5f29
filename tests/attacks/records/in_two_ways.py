"""A record says one thing to readers who take the first of two equal names, another to the rest."""

from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS902 canonical", "QMS906 no-approved"]
GUARDS = {"qms_docs.text.records._is_canonical": lambda *_: True}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    _, data = stage.record(MANAGER, stage.statement("approved"))
    word = b'"meaning":"approved"'
    stage.put_raw(data.replace(word, b'"meaning":"rejected",' + word))
    stage.commit("Approved, or sent back")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
