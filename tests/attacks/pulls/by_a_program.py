"""A program approves in the manager's place: somebody has given it the manager's account."""

from qms_docs.words.evidence import ReviewState
from qms_docs.words.pullrequests import Review
from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
before = reviewing.before


def _reason(each: Review, _: object) -> str:
    return "" if each.state is ReviewState.APPROVED else str(each.state)


GUARDS = {"qms_docs.work.importing._reason": _reason}


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    program = {**reviewing.user(MANAGER), "type": "Bot"}
    clicks = [reviewing.review(stage, QUALITY), reviewing.review(stage, program)]
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
