"""The manager opens a pull request and approves it with a second account of theirs."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.clicks.Clicks._separation": lambda *_: ""}


def before(stage: Stage) -> None:
    reviewing.before(stage)
    stage.edit("manual/authority.yaml", "{github: [11]}", "{github: [11, 21]}")


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    clicks = [reviewing.review(stage, QUALITY), reviewing.review(stage, 21)]
    reviewing.imported(stage, *clicks, opener=MANAGER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
