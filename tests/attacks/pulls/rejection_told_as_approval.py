"""Quality has asked for changes; a later import, of a file that somebody has edited, says that the
same review approves, an hour later."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved", "QMS906 rejected"]
GUARDS = {"qms_docs.judge.clicks.Clicks._objection": lambda *_: ""}
before = reviewing.before


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    rejected = reviewing.review(stage, QUALITY, "CHANGES_REQUESTED")
    reviewing.imported(stage, rejected)
    later = (stage.now + scenes.AN_HOUR).strftime("%Y-%m-%dT%H:%M:%SZ")
    stage.now += 2 * scenes.AN_HOUR
    edited = {**rejected, "state": "APPROVED", "submitted_at": later}
    reviewing.imported(stage, edited, reviewing.review(stage, MANAGER))
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
