"""The record of an importer comes to main on the branch itself, in a stranger's commit: what counts
is who has signed it."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import CONTROLLER, OUTSIDER, Stage

FOUND: list[str] = []
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    stage.put(*stage.record(CONTROLLER, reviewing.reviews(stage, *clicks)))
    stage.commit("Reviews", who=OUTSIDER)
    scenes.merged(stage, "topic", OUTSIDER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
