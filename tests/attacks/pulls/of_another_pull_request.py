"""Approvals of one pull request are recorded again as if they were of another, with its text."""

from dataclasses import replace

from tests.attacks import reviewing, scenes
from tests.attacks.stage import Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.clicks._Click.facts": property(lambda _: (0, 0, "", ""))}
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    first = reviewing.reviews(stage, *clicks)
    reviewing.changed(stage, "within 10 days", "within 90 days")
    reviewing.landed(stage)
    reviewing.put(stage, first)
    text = stage.subject()
    moved = (replace(each, commit="9" * 40, subjects=(text,)) for each in first.reviews)
    reviewing.put(stage, replace(first, number=8, reviews=tuple(moved)))
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
