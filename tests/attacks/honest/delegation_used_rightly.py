"""The manager is away; the controller, to whom the role is delegated, approves on their behalf."""

from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, MANAGER, Stage

FOUND: list[str] = []
before = scenes.delegated(MANAGER, CONTROLLER)


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    stage.say(CONTROLLER, "approved", role="CSC-RS-01", behalf=MANAGER)
    stage.commit("Approved", who=CONTROLLER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    approval = stage.ledger().issues["CSC-QP-01"][0].approvals[-1]
    assert approval.on_behalf_of == {"": "Demo Manager"}
    return stage.in_force() == 1
