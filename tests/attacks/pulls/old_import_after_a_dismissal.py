"""An import from before the manager's approval was dismissed is kept back, and lands at last."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.clicks.Clicks._objection": lambda *_: ""}
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    kept = reviewing.reviews(stage, *clicks)
    clicks[1]["state"] = "DISMISSED"
    reviewing.imported(stage, *clicks)
    reviewing.put(stage, kept)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
