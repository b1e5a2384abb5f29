"""Gitea marks approvals as stale after a push and lets them stand; the text is another."""

from tests.attacks import merging, reviewing, scenes
from tests.attacks.stage import Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
GUARDS = {"qms_docs.work.importing.changed": reviewing.at_the_tip}
before = merging.before("gitea")


def attack(stage: Stage) -> None:
    clicks = merging.clicks(stage)
    reviewing.changed(stage, "within 10 days", "within 90 days")
    merging.put(stage, merging.of_gitea(stage, [{**each, "stale": True} for each in clicks]))
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
