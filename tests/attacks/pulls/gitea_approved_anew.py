"""Who approves anew on Gitea has the older approval dismissed by it; the newer one counts."""

from tests.attacks import merging, reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND: list[str] = []
before = merging.before("gitea")


def attack(stage: Stage) -> None:
    clicks = merging.clicks(stage)
    reviewing.changed(stage, "within 10 days", "within 12 days")
    old = [{**each, "dismissed": True, "stale": True} for each in clicks]
    new = [merging.review(stage, QUALITY), merging.review(stage, MANAGER)]
    merging.put(stage, merging.of_gitea(stage, [*old, *new]))
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
