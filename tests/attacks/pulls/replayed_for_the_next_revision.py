"""The reviews of the first revision are imported again when the second one stands on main."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import CONTROLLER, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
before = reviewing.before
GUARDS = {"qms_docs.work.importing.changed": reviewing.at_the_tip}


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)
    stage.git("switch", "--quiet", "--force-create", "topic")
    stage.revised("Every complaint", "Each complaint")
    stage.prepared()
    reviewing.imported(stage, *clicks, who=CONTROLLER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 2
