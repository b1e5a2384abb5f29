"""The manager approves what quality has not yet reviewed."""

from tests.attacks import scenes
from tests.attacks.stage import Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.approvals._is_early": lambda *_: False}


def attack(stage: Stage) -> None:
    scenes.spoken(stage, reviewed="")
    scenes.spoken(stage, prepared="", translated="", approved="")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
