"""Everybody has approved the text; the drafter, who may not release, releases it."""

from tests.attacks import scenes
from tests.attacks.stage import DRAFTER, Stage

FOUND = ["QMS906 issuer"]
GUARDS = {"qms_docs.judge.ledger.Ledger._whole": lambda *_: ()}


def attack(stage: Stage) -> None:
    scenes.spoken(stage)
    stage.release(who=DRAFTER)
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
