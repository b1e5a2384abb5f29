"""A policy that is never released moves the folder of procedures away from the one in force.

Nothing has to be guarded: what is in force follows from the release record and from nothing that
is written since. So it stays in force.
"""

from tests.attacks.stage import Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    stage.issued()
    stage.edit("manual/policy.yaml", "folder: procedures\n", "folder: elsewhere\n")
    stage.commit("Another folder")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
