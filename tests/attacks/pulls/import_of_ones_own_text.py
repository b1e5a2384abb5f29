"""The controller writes a text and then vouches that others have approved it."""

from qms_docs.judge import approvals
from tests.attacks import reviewing, scenes
from tests.attacks.stage import CONTROLLER, DRAFTER, MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
before = reviewing.before
_objection = approvals._objection


def _trusting(*arguments: object) -> str:
    reason = _objection(*arguments)  # type: ignore[arg-type]  # those of what it stands for
    return "" if reason == "importer-wrote" else reason


GUARDS = {"qms_docs.judge.approvals._objection": _trusting}


def attack(stage: Stage) -> None:
    stage.git("switch", "--quiet", "--create", "topic")
    reviewing.changed(stage, "within 15 days", "within 10 days", who=CONTROLLER)
    clicks = [reviewing.review(stage, QUALITY), reviewing.review(stage, MANAGER)]
    body = reviewing.reviews(stage, *clicks, authors=(DRAFTER,))
    scenes.merged(stage, "topic")
    reviewing.put(stage, body)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
