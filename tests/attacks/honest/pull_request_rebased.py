"""Main moves on, and the forge rebases an approved branch onto it: approvals are of contents."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import Stage

FOUND: list[str] = []
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    body = reviewing.reviews(stage, *clicks)
    stage.git("switch", "--quiet", "main")
    scenes.other_change(stage)
    stage.git("rebase", "--quiet", "main", "topic", who="forge")
    stage.git("switch", "--quiet", "main")
    stage.git("merge", "--quiet", "--ff-only", "topic")
    reviewing.put(stage, body)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
