"""The manager is named as drafter; another says that it is prepared; the manager approves it."""

from dataclasses import replace

from qms_docs.judge import requirements
from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

REAL = requirements._of
FOUND = ["QMS906 no-prepared", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.requirements._of": lambda *facts: replace(REAL(*facts), drafters=())}


def before(stage: Stage) -> None:
    stage.edit(PATH, "reviewers:", "drafters: [manager]\nreviewers:")


def attack(stage: Stage) -> None:
    scenes.spoken(stage)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
