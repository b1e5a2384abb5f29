"""Quality asks for changes; somebody dismisses that on the forge, and another approves."""

from dataclasses import replace

from qms_docs.judge.approvals import Evidence
from tests.attacks import reviewing, scenes
from tests.attacks.pulls import rejected_by_another
from tests.attacks.stage import CONTROLLER, MANAGER, QUALITY, Stage

FOUND = ["QMS906 rejected"]
before = rejected_by_another.before


def _lifted(_: object, each: Evidence, click: object) -> Evidence:
    return replace(each, objection="dismissed") if each.person == QUALITY else each


GUARDS = {"qms_docs.judge.clicks.Clicks._renewed": _lifted}


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    clicks = [reviewing.review(stage, QUALITY, "CHANGES_REQUESTED")]
    reviewing.imported(stage, *clicks)
    clicks[0]["state"] = "DISMISSED"
    clicks += [reviewing.review(stage, CONTROLLER), reviewing.review(stage, MANAGER)]
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
