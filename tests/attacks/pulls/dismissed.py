"""The manager's approval is dismissed after it was imported; the text is released all the same."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.clicks.Clicks._renewed": lambda _, each, click: each}
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    reviewing.imported(stage, *clicks)
    clicks[1]["state"] = "DISMISSED"
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
