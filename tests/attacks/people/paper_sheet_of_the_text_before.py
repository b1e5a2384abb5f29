"""The manager signs a sheet; a byte of the text is changed; two register the sheet for that."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.statements.sheet_mismatch": lambda *_: ""}


def attack(stage: Stage) -> None:
    paper = scenes.sheet_of(stage)
    stage.edit(PATH, "within 15 days", "within 95 days")
    stage.commit("One byte")
    scenes.spoken(stage, approved="")
    scenes.registered_by_two(stage, paper)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
