"""Two roles must approve; the manager holds both and approves twice."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {
    "qms_docs.judge.approvals._STANDS": (),
    "qms_docs.judge.approvals._speakers": lambda each: set(),
}
before = scenes.with_authority(
    ("[{role: CSC-RS-01, from: 2026-01-01}]",
     "[{role: CSC-RS-01, from: 2026-01-01}, {role: CSC-RS-03, from: 2026-01-01}]"),
    ("reviewed: [CSC-RS-02], approved: [CSC-RS-01]}",
     "reviewed: [CSC-RS-02], approved: [CSC-RS-01, CSC-RS-03]}"),
)  # fmt: skip


def attack(stage: Stage) -> None:
    scenes.spoken(stage)
    stage.say(MANAGER, "approved", role="CSC-RS-03")
    stage.commit("Second approval", who=MANAGER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
