"""After the approvals the line ends of the file are changed, which no program shows."""

from qms_docs.text import closure
from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

REAL = closure._sha256
FOUND = scenes.APPROVALS_MISSING
GUARDS = {"qms_docs.text.closure._sha256": lambda data: REAL(data.replace(b"\r\n", b"\n"))}
before = scenes.one_language


def attack(stage: Stage) -> None:
    scenes.spoken(stage)
    data = (stage.root / PATH).read_bytes()
    stage.write({PATH: data.replace(b"\n", b"\r\n")})
    stage.git("config", "core.autocrlf", "false")
    stage.commit("Line ends")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
