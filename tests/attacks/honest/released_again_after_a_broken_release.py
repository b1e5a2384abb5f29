"""A release came too early and had no effect. Its number is used up: the next revision follows."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    broken = scenes.let_go(stage)
    for who in (QUALITY, MANAGER):
        scenes.dealt_with(stage, who, broken, "QMS906")
    stage.commit("Recorded")
    stage.revised("Every complaint", "Each complaint")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 2
