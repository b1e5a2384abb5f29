"""The manager has signed the sheet of one document, and two register it for that and another."""

from tests.attacks import scenes
from tests.attacks.stage import DOCUMENT, DRAFTER, PATH, QUALITY, Stage

NEW = "CSC-QP-02"
FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.statements.sheet_mismatch": lambda *_: ""}
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.write({f"procedures/{NEW}.md": stage.read(PATH).replace(DOCUMENT, NEW)})
    stage.commit("Another")
    stage.say(DRAFTER, "prepared", DOCUMENT, NEW)
    stage.say(QUALITY, "reviewed", DOCUMENT, NEW)
    stage.commit("Statements")
    scenes.registered_by_two(stage, scenes.sheet_of(stage, DOCUMENT), DOCUMENT, NEW)
    scenes.let_go(stage, NEW)


def succeeded(stage: Stage) -> bool:
    return stage.in_force(NEW) == 1
