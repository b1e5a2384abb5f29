"""The drafter commits what the manager has written with them, as the commit says; the manager
approves it."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.candidate.Candidate.disqualified": lambda *_: {}}


def attack(stage: Stage) -> None:
    stage.edit(PATH, "within 15 days", "within 90 days")
    stage.commit("Longer\n\nCo-authored-by: The boss <Manager@Example.com>")
    scenes.spoken(stage)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
