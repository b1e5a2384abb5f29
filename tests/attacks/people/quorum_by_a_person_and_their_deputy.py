"""Two persons must approve; the second is the deputy who speaks for the first."""

from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, MANAGER, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.approvals._speakers": lambda each: {each.person}}


def before(stage: Stage) -> None:
    scenes.delegated(MANAGER, CONTROLLER)(stage)
    old = "reviewed: [CSC-RS-02], approved: [CSC-RS-01]}"
    stage.edit("manual/authority.yaml", old, old.replace("}", ", quorum: 2}"))


def attack(stage: Stage) -> None:
    scenes.spoken(stage)
    stage.say(CONTROLLER, "approved", role="CSC-RS-01", behalf=MANAGER)
    stage.commit("Second approval", who=CONTROLLER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
