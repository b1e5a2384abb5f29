"""The manager changes a shared value that the text quotes, the drafter raises the revision; the
manager approves it."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, PATH, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.candidate.Candidate.disqualified": lambda *_: {}}
before = scenes.with_parameter


def attack(stage: Stage) -> None:
    stage.issued()
    stage.edit(scenes.PARAMETERS, "value: 15", "value: 90")
    stage.commit("Another limit", who=MANAGER)
    stage.edit(PATH, "revision: 1", "revision: 2")
    stage.commit("Second")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 2
