"""Quality and the manager have clicked Approve; then the drafter pushes another text."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
before = reviewing.before
GUARDS = {"qms_docs.work.importing.changed": reviewing.at_the_tip}


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    reviewing.changed(stage, "within 10 days", "within 90 days")
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
