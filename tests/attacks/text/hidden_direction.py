"""A sign that turns the direction of writing round shows readers other words than stand there."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND = ["QMS907 absent"]
GUARDS = {"qms_docs.text.characters.check": lambda *_: ()}
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.edit(PATH, "within 15 days", "within \u202e51\u202c days")
    stage.commit("Wording")
    named = scenes.forged(stage, PATH)
    scenes.stated_all(stage, named.subject)
    scenes.released_as(stage, named)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
