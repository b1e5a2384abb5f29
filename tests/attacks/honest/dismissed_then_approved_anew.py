"""The manager's approval is dismissed, and they click Approve again."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, Stage

FOUND: list[str] = []
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    reviewing.imported(stage, *clicks)
    clicks[1]["state"] = "DISMISSED"
    reviewing.imported(stage, *clicks)
    reviewing.imported(stage, *clicks, reviewing.review(stage, MANAGER))
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
