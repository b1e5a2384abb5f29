"""The drafter ends a line with a lone carriage return, behind which some programs hide the rest."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND = ["QMS907 absent"]
GUARDS = {"qms_docs.text.characters.check": lambda *_: ()}
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.edit(PATH, "Every complaint", "Not every\rEvery complaint")
    stage.commit("Wording")
    named = scenes.forged(stage, PATH)
    scenes.stated_all(stage, named.subject)
    scenes.released_as(stage, named)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
