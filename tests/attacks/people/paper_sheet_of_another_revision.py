"""The manager has signed the sheet of revision 1, and two register it for revision 2."""

from tests.attacks import scenes
from tests.attacks.stage import Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.statements.sheet_mismatch": lambda *_: ""}


def attack(stage: Stage) -> None:
    paper = scenes.sheet_of(stage)
    scenes.spoken(stage, approved="")
    scenes.registered_by_two(stage, paper)
    scenes.let_go(stage)
    stage.revised("within 15 days", "within 95 days")
    scenes.spoken(stage, approved="")
    scenes.registered_by_two(stage, paper)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 2
