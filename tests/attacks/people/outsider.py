"""Somebody whom the authority does not know approves in their own name."""

from tests.attacks import scenes
from tests.attacks.stage import OUTSIDER, Stage

FOUND = ["QMS905 outsider", "QMS906 no-approved"]
GUARDS = {
    "qms_docs.judge.entitlement.objection": lambda *_: "",
    "qms_docs.judge.releasing._approvals": lambda *_: (),  # it would know no name of theirs
}


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    stage.say(OUTSIDER, "approved", role="CSC-RS-01")
    stage.commit("Approval", who=OUTSIDER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
