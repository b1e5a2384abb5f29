"""The manager commits their own text with `--author`, and says in the drafter's name that it is
prepared."""

from tests.attacks import scenes
from tests.attacks.stage import DRAFTER, MANAGER, PATH, Stage

FOUND = ["QMS905 key", "QMS906 no-prepared"]
GUARDS = {"qms_docs.words.authority.Person.has_key": lambda *_: True}


def attack(stage: Stage) -> None:
    stage.edit(PATH, "within 15 days", "within 90 days")
    stage.commit("Longer", "--author=drafter <drafter@example.com>", who=MANAGER)
    stage.say(DRAFTER, "prepared", key=stage.keys[MANAGER])
    stage.commit("Prepared", "--author=drafter <drafter@example.com>", who=MANAGER)
    scenes.spoken(stage, prepared="")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
