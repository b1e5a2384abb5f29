"""A pull request is led to main, as its first target is gone; the clicks that follow count."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND: list[str] = []
before = reviewing.before


def attack(stage: Stage) -> None:
    clicks = reviewing.approved_by_clicks(stage)
    turned = reviewing.retargeted(stage, "automatic_base_change_succeeded")
    again = [reviewing.review(stage, each) for each in (QUALITY, MANAGER)]
    reviewing.imported(stage, *clicks, *again, events=[turned])
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
