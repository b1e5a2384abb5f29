"""The manager prepares a text with one of their keys and approves it with the other."""

from tests.attacks import scenes
from tests.attacks.stage import DRAFTER, MANAGER, QUALITY, Key, Stage

SECOND = Key.of("second key of the manager")
FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.approvals.SEPARATE": ()}


def before(stage: Stage) -> None:
    line = f"keys: [{{key: {stage.keys[MANAGER].line}, from: 2026-01-01}}"
    second = f", {{key: {SECOND.line}, from: 2026-01-01}}"
    stage.edit("manual/authority.yaml", line, line + second)


def attack(stage: Stage) -> None:
    stage.say(MANAGER, "prepared", key=SECOND)
    stage.say(DRAFTER, "translated")
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    stage.say(MANAGER, "approved")
    stage.commit("Approval")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
