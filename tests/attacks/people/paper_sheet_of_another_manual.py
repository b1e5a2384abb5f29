"""The manager has signed the sheet of the same text in another manual; two register it in this."""

from tests.attacks import scenes
from tests.attacks.stage import Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.statements.sheet_mismatch": lambda *_: ""}


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    scenes.registered_by_two(stage, scenes.sheet_of(stage, manual="7" * 64))
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
