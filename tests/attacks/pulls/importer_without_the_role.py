"""The drafter records reviews that nobody gave, in a role that may not import."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import Stage

FOUND = ["QMS905 importer", "QMS906 no-reviewed", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.ledger.Ledger._imported": lambda *_: ""}
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    reviewing.imported(stage, *clicks, who="quality")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
