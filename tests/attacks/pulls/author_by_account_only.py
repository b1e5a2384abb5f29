"""The manager writes with an address that the authority does not know; the forge knows whose."""

from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.clicks.Clicks._separation": lambda *_: ""}
before = reviewing.before


def attack(stage: Stage) -> None:
    stage.git("switch", "--quiet", "--create", "topic")
    reviewing.changed(stage, "within 15 days", "within 10 days", who="private")
    clicks = [reviewing.review(stage, QUALITY), reviewing.review(stage, MANAGER)]
    reviewing.imported(stage, *clicks, authors=(MANAGER,))
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
