"""Somebody types into the description of the change that the text was approved, and releases it."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND = ["QMS906 no-prepared", "QMS906 no-reviewed", "QMS906 no-approved", "QMS906 no-translated"]
GUARDS = {"qms_docs.judge.releasing._support": lambda candidate: ()}


def attack(stage: Stage) -> None:
    typed = "reason: Approved by Demo Manager (CSC-RS-01) on 2026-03-02"
    stage.edit(PATH, "reason: Time limits were not stated", typed)
    stage.commit("Approved")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
