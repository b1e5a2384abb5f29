"""The manager has approved, then found a mistake and sent the text back; it is released all the
same."""

from qms_docs.words.evidence import Meaning
from tests.attacks import scenes
from tests.attacks.stage import MANAGER, Stage

FOUND = ["QMS906 no-approved", "QMS906 rejected"]
GUARDS = {"qms_docs.judge.approvals._STANDS": (Meaning.REVIEWED, Meaning.APPROVED)}


def attack(stage: Stage) -> None:
    scenes.spoken(stage)
    stage.say(MANAGER, "rejected")
    stage.commit("Sent back", who=MANAGER)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
