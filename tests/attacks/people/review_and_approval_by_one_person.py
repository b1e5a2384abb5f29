"""Quality holds the role of the manager too, reviews a text and approves it as well."""

from tests.attacks import scenes
from tests.attacks.stage import QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
GUARDS = {
    "qms_docs.judge.approvals._STANDS": (),
    "qms_docs.judge.approvals._speakers": lambda each: set(),
}
before = scenes.with_authority(
    ("[{role: CSC-RS-02, from: 2026-01-01}]",
     "[{role: CSC-RS-02, from: 2026-01-01}, {role: CSC-RS-01, from: 2026-01-01}]"),
)  # fmt: skip


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    stage.say(QUALITY, "approved", role="CSC-RS-01")
    stage.commit("Approval", who=QUALITY)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
