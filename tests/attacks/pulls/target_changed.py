"""A pull request is approved for another branch, which holds most of it, and then led to main."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
before = reviewing.before
GUARDS = {"qms_docs.forge.github._retargeted": lambda events: ""}


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    reviewing.imported(stage, *clicks, events=[reviewing.retargeted(stage)])
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
