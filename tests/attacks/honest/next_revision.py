"""Revision after revision: the approver of one writes the next, and the other way round."""

from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, DRAFTER, MANAGER, PATH, QUALITY, Stage

FOUND: list[str] = []


def before(stage: Stage) -> None:
    scenes.one_language(stage)
    role = "[{role: CSC-RS-03, from: 2026-01-01}"
    old, new = f"{role}]", f"{role}, {{role: CSC-RS-01, from: 2026-01-01}}]"
    stage.edit("manual/authority.yaml", old, new)


def attack(stage: Stage) -> None:
    stage.issued()
    stage.edit(PATH, "revision: 1", "revision: 2")
    stage.commit("Second", who=MANAGER)
    stage.say(MANAGER, "prepared")
    stage.say(QUALITY, "reviewed")
    stage.say(CONTROLLER, "approved", role="CSC-RS-01")
    stage.commit("Approvals")
    scenes.let_go(stage)
    assert stage.in_force() == 2
    stage.revised("Every complaint", "Each complaint")
    assert stage.git("log", "-1", "--format=%an").strip() == DRAFTER
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 3
