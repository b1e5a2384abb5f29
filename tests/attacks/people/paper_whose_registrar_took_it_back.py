"""Two have registered the manager's sheet; the first finds that it was forged and takes the
registration back. The other's word alone would carry the approval."""

from qms_docs.words.evidence import Meaning
from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, DRAFTER, MANAGER, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.statements.Statements._sheet": lambda *_: ""}


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    first = scenes.on_paper(stage, CONTROLLER, Meaning.APPROVED, MANAGER, "CSC-RS-01")
    stage.commit("Registered", who=CONTROLLER)
    scenes.on_paper(stage, DRAFTER, Meaning.APPROVED, MANAGER, "CSC-RS-01")
    stage.commit("Registered again")
    scenes.taken_back(stage, CONTROLLER, first)
    stage.commit("Taken back", who=CONTROLLER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
