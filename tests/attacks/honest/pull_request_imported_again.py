"""Reviews are imported as they come: those of before are in each later import, and count once."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND: list[str] = []
before = reviewing.before


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    clicks = [reviewing.review(stage, QUALITY)]
    reviewing.imported(stage, *clicks)
    clicks += [reviewing.review(stage, QUALITY, "COMMENTED"), reviewing.review(stage, MANAGER)]
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    said = stage.ledger().statements.evidence[stage.subject()]
    return stage.in_force() == 1 and sum(each.person == QUALITY for each in said) == 1
