"""The manager has delegated to quality, and quality hands the role on to the controller."""

from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, QUALITY, Stage

FOUND = ["QMS905 delegation", "QMS906 no-approved"]
GUARDS = {
    "qms_docs.words.authority.Authority.delegated": lambda self, role, giver, taker, instant: any(
        (each.role, each.giver, each.taker) == (role, giver, taker) for each in self.delegations
    )
}


def before(stage: Stage) -> None:
    text = stage.read("manual/authority.yaml")
    text += (
        "delegations:\n"
        "  - {role: CSC-RS-01, giver: manager, taker: quality, from: 2026-01-01}\n"
        "  - {role: CSC-RS-01, giver: quality, taker: controller, from: 2026-01-01}\n"
    )
    stage.write({"manual/authority.yaml": text})


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    stage.say(CONTROLLER, "approved", role="CSC-RS-01", behalf=QUALITY)
    stage.commit("Approval", who=CONTROLLER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
