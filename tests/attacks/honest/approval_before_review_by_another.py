"""One manager approves too early; another approves after the review, and that is enough."""

from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, Stage

FOUND: list[str] = []
before = scenes.with_authority(
    ("[{role: CSC-RS-03, from: 2026-01-01}]",
     "[{role: CSC-RS-03, from: 2026-01-01}, {role: CSC-RS-01, from: 2026-01-01}]"),
)  # fmt: skip


def attack(stage: Stage) -> None:
    scenes.spoken(stage, reviewed="")
    scenes.spoken(stage, prepared="", translated="", approved="")
    stage.say(CONTROLLER, "approved", role="CSC-RS-01")
    stage.commit("Approved", who=CONTROLLER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
