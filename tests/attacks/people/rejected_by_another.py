"""One of two managers sends the text back; the other approves it, and it is released."""

from qms_docs.words.evidence import Meaning
from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, Stage

FOUND = ["QMS906 rejected"]
GUARDS = {"qms_docs.judge.approvals._STANDS": (Meaning.REVIEWED, Meaning.APPROVED)}
before = scenes.with_authority(
    ("[{role: CSC-RS-03, from: 2026-01-01}]",
     "[{role: CSC-RS-03, from: 2026-01-01}, {role: CSC-RS-01, from: 2026-01-01}]"),
)  # fmt: skip


def attack(stage: Stage) -> None:
    stage.say(CONTROLLER, "rejected", role="CSC-RS-01")
    stage.commit("Sent back", who=CONTROLLER)
    scenes.spoken(stage)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
