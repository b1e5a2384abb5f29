"""The manager writes a sentence, the drafter the rest afterwards; the manager approves it all."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, PATH, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.candidate.Candidate.disqualified": lambda *_: {}}


def attack(stage: Stage) -> None:
    stage.edit(PATH, "within 15 days", "within 90 days")
    stage.commit("Longer", who=MANAGER)
    stage.edit(PATH, "Every complaint", "Each complaint")
    stage.commit("Wording")
    scenes.spoken(stage)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
