"""The controller stood in for the manager in January, and approves on their behalf in March."""

from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, MANAGER, Stage

FOUND = ["QMS905 delegation", "QMS906 no-approved"]
GUARDS = {"qms_docs.words.authority.Span.holds": lambda *_: True}
before = scenes.delegated(MANAGER, CONTROLLER, until="2026-01-31")


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    stage.say(CONTROLLER, "approved", role="CSC-RS-01", behalf=MANAGER)
    stage.commit("Approval", who=CONTROLLER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
