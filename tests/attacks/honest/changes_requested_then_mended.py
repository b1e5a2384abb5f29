"""Quality asks for changes, the drafter makes them, and quality approves what came of it."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND: list[str] = []
before = reviewing.before


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    clicks = [reviewing.review(stage, QUALITY, "CHANGES_REQUESTED")]
    first = reviewing.reviews(stage, *clicks)
    stage.git("switch", "--quiet", "main")
    reviewing.put(stage, first)
    stage.git("switch", "--quiet", "topic")
    reviewing.changed(stage, "within 10 days", "within 12 days")
    clicks += [reviewing.review(stage, QUALITY), reviewing.review(stage, MANAGER)]
    body = reviewing.reviews(stage, *clicks)
    stage.git("switch", "--quiet", "main")
    scenes.merged(stage, "topic", "drafter")
    reviewing.put(stage, body)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
