"""Somebody whom the authority does not know approves in the manager's name with their own key."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, OUTSIDER, Stage

FOUND = ["QMS905 key", "QMS906 no-approved"]
GUARDS = {"qms_docs.words.authority.Person.has_key": lambda *_: True}


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    stage.say(MANAGER, "approved", key=stage.keys[OUTSIDER])
    stage.commit("Approval", "--author=manager <manager@example.com>", who=OUTSIDER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
