"""The first import leaves out that quality has asked for changes; the next one is whole."""

from tests.attacks import reviewing, scenes
from tests.attacks.pulls import payload_edited
from tests.attacks.stage import QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved", "QMS906 rejected"]
GUARDS = payload_edited.GUARDS
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    rejection = reviewing.review(stage, QUALITY, "CHANGES_REQUESTED")
    reviewing.imported(stage, *clicks)
    reviewing.imported(stage, *clicks, rejection)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
