"""A later import leaves out that quality has asked for changes after approving."""

from qms_docs.judge.clicks import Clicks
from qms_docs.judge.statements import Moment
from qms_docs.words.evidence import Record
from tests.attacks import reviewing, scenes
from tests.attacks.stage import QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved", "QMS906 rejected"]
_add = Clicks.add


def _last_alone(clicks: Clicks, record: Record, moment: Moment, objection: str) -> None:
    """Go by the newest import, as if it held all that was ever said."""
    for subject, evidence in clicks._evidence.items():
        clicks._evidence[subject] = [each for each in evidence if not each.review]
    clicks._newest.clear()
    clicks._spoken.clear()
    _add(clicks, record, moment, objection)


GUARDS = {"qms_docs.judge.clicks.Clicks.add": _last_alone}
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    rejection = reviewing.review(stage, QUALITY, "CHANGES_REQUESTED")
    reviewing.imported(stage, *clicks, rejection)
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
