"""Quality asks for changes; another who holds the same role approves after that."""

from qms_docs.words.evidence import Meaning
from tests.attacks import reviewing, scenes
from tests.attacks.stage import CONTROLLER, MANAGER, QUALITY, Stage

FOUND = ["QMS906 rejected"]
GUARDS = {"qms_docs.judge.approvals._STANDS": (Meaning.REVIEWED, Meaning.APPROVED)}


def before(stage: Stage) -> None:
    reviewing.before(stage)
    roles = "[{role: CSC-RS-03, from: 2026-01-01}"
    more = f"{roles}, {{role: CSC-RS-02, from: 2026-01-01}}"
    stage.edit("manual/authority.yaml", roles, more)


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    clicks = [
        reviewing.review(stage, QUALITY, "CHANGES_REQUESTED"),
        reviewing.review(stage, CONTROLLER),
        reviewing.review(stage, MANAGER),
    ]
    reviewing.imported(stage, *clicks, role="CSC-RS-03")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
