"""An authority is released that gives the drafter's key to the manager too: one speaks as both."""

from tests.attacks import scenes
from tests.attacks.stage import DRAFTER, MANAGER, QUALITY, Stage, authority

FOUND = ["QMS907 unreadable", "QMS905 key", "QMS906 no-approved"]
GUARDS = {"qms_docs.text.authority.problems": lambda *_: ()}


def attack(stage: Stage) -> None:
    keys = {**stage.keys, MANAGER: stage.keys[DRAFTER]}
    stage.write({"manual/authority.yaml": authority(keys, revision=2)})
    stage.commit("A key")
    for who, meaning in ((DRAFTER, "prepared"), (QUALITY, "reviewed"), (MANAGER, "approved")):
        stage.say(who, meaning, "authority")
    stage.commit("Approvals")
    scenes.let_go(stage, "authority")
    scenes.spoken(stage, approved="")
    stage.say(MANAGER, "approved", key=stage.keys[DRAFTER])
    stage.commit("Approval")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
