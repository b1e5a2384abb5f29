"""The reviewer approves, asks for changes and approves again; the approval came in between."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.clicks.Clicks._since": reviewing.whatever_came_between}
before = reviewing.before


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    clicks = [
        reviewing.review(stage, QUALITY),
        reviewing.review(stage, QUALITY, "CHANGES_REQUESTED"),
        reviewing.review(stage, MANAGER),
        reviewing.review(stage, QUALITY),
    ]
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
