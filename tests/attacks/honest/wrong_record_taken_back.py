"""The manager approves in a role that they do not hold, sees it, takes it back, approves anew."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    wrong = stage.say(MANAGER, "approved", role="CSC-RS-03")
    stage.commit("Approved", who=MANAGER)
    assert stage.found() == ["QMS905 role"]
    scenes.taken_back(stage, MANAGER, wrong)
    stage.commit("Taken back", who=MANAGER)
    stage.say(MANAGER, "approved")
    stage.commit("Approved", who=MANAGER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
