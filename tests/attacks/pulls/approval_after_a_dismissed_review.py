"""The first review was dismissed; the approval came before the second one."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.clicks.Clicks._since": reviewing.whatever_came_between}
before = reviewing.before


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    first = reviewing.review(stage, QUALITY)
    clicks = [reviewing.review(stage, who) for who in (MANAGER, QUALITY)]
    reviewing.imported(stage, {**first, "state": "DISMISSED"}, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
