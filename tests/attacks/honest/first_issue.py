"""Everybody does their part: the procedure is in force, and the audit has nothing to say."""

from tests.attacks.stage import Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
