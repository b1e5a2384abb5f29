"""The manager clicks Approve before quality has reviewed; one import brings both."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.approvals._is_before": lambda *_: False}
before = reviewing.before


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    clicks = [reviewing.review(stage, MANAGER), reviewing.review(stage, QUALITY)]
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
