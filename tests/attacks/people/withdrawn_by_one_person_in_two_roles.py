"""Two roles must withdraw a procedure; the manager holds both and withdraws it alone."""

from qms_docs.words.evidence import Meaning
from qms_docs.words.model import Status
from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, MANAGER, Stage

FOUND: list[str] = []
GUARDS = {
    "qms_docs.judge.approvals.have_spoken": lambda roles, evidence: (
        {each.role for each in evidence} >= set(roles)
    )
}
before = scenes.with_authority(
    ("[{role: CSC-RS-01, from: 2026-01-01}]",
     "[{role: CSC-RS-01, from: 2026-01-01}, {role: CSC-RS-03, from: 2026-01-01}]"),
    ("reviewed: [CSC-RS-02], approved: [CSC-RS-01]}",
     "reviewed: [CSC-RS-02], approved: [CSC-RS-01, CSC-RS-03]}"),
)  # fmt: skip


def attack(stage: Stage) -> None:
    scenes.spoken(stage)
    stage.say(CONTROLLER, "approved")
    stage.commit("Second approval", who=CONTROLLER)
    scenes.let_go(stage)
    assert stage.in_force() == 1
    scenes.of_release(stage, MANAGER, Meaning.WITHDRAW)
    scenes.of_release(stage, MANAGER, Meaning.WITHDRAW, role="CSC-RS-03")
    stage.commit("Withdrawn", who=MANAGER)


def succeeded(stage: Stage) -> bool:
    return stage.status(1) is Status.WITHDRAWN
