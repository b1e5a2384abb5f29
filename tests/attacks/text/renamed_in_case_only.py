"""The manager writes the text under a name in small letters; the drafter corrects the name."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, PATH, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.candidate.Candidate.disqualified": lambda *_: {}}
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.git("mv", PATH, PATH.lower())
    stage.edit(PATH.lower(), "within 15 days", "within 90 days")
    stage.commit("Longer", who=MANAGER)
    stage.git("mv", PATH.lower(), PATH)
    stage.commit("The right name")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
