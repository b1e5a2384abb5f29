"""Quality clicks Approve, the manager signs on the branch, in a commit of their own."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import DRAFTER, MANAGER, QUALITY, Stage

FOUND: list[str] = []
before = reviewing.before


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    body = reviewing.reviews(stage, reviewing.review(stage, QUALITY), authors=(DRAFTER,))
    reviewing.landed(stage)
    reviewing.put(stage, body)
    stage.say(MANAGER, "approved")
    stage.commit("Approved", who=MANAGER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
