"""An importer trusts a file in which somebody has made an approval of a rejection; the next import
is of what the forge says."""

from qms_docs.judge.clicks import Clicks
from qms_docs.judge.statements import Moment
from qms_docs.words.evidence import Record
from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved", "QMS906 rejected"]
before = reviewing.before
_add = Clicks.add


def _first(clicks: Clicks, record: Record, moment: Moment, objection: str) -> None:
    """Believe what was first told of the reviews."""
    _add(clicks, record, moment, "known" if clicks._told else objection)


GUARDS = {"qms_docs.judge.clicks.Clicks.add": _first}


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    rejected = reviewing.review(stage, QUALITY, "CHANGES_REQUESTED")
    approved = reviewing.review(stage, MANAGER)
    reviewing.imported(stage, {**rejected, "state": "APPROVED"}, approved)
    reviewing.imported(stage, rejected, approved)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
