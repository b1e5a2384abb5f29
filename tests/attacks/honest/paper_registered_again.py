"""One who registered the manager's sheet takes that back by mistake; a third registers it."""

from qms_docs.words.evidence import Meaning
from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, DRAFTER, MANAGER, QUALITY, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    first = scenes.on_paper(stage, CONTROLLER, Meaning.APPROVED, MANAGER, "CSC-RS-01")
    scenes.on_paper(stage, DRAFTER, Meaning.APPROVED, MANAGER, "CSC-RS-01")
    stage.commit("Registered")
    scenes.taken_back(stage, CONTROLLER, first)
    stage.commit("Taken back", who=CONTROLLER)
    scenes.on_paper(stage, QUALITY, Meaning.APPROVED, MANAGER, "CSC-RS-01")
    stage.commit("Registered", who=QUALITY)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
