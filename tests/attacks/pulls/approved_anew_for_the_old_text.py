"""The manager's approval is dismissed; they approve the commit before the last one again."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
before = reviewing.before
GUARDS = {"qms_docs.work.importing.changed": reviewing.at_the_tip}


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    old = stage.git("rev-parse", "topic").strip()
    dismissed = reviewing.review(stage, MANAGER, "DISMISSED")
    reviewing.changed(stage, "within 10 days", "within 90 days")
    clicks = [reviewing.review(stage, QUALITY), reviewing.review(stage, MANAGER, commit=old)]
    reviewing.imported(stage, dismissed, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
