"""The reviews of the first revision are imported again when the second one stands on main."""

from qms_docs.edges.git import Repository
from qms_docs.words.evidence import Subject
from qms_docs.work import importing
from tests.attacks import reviewing, scenes
from tests.attacks.stage import CONTROLLER, MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
before = reviewing.before
_changed = importing.changed


def _at_the_tip(repository: Repository, base: str, _: str) -> tuple[Subject, ...]:
    return _changed(repository, base, "topic")


GUARDS = {"qms_docs.work.importing.changed": _at_the_tip}


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    clicks = [reviewing.review(stage, QUALITY), reviewing.review(stage, MANAGER)]
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)
    stage.git("switch", "--quiet", "--force-create", "topic")
    stage.revised("Every complaint", "Each complaint")
    stage.prepared()
    reviewing.imported(stage, *clicks, who=CONTROLLER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 2
