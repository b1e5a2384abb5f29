"""The manager gives a word of withdrawal on a draft, which decides nothing; when the text is in
force the quality manager, who may not withdraw it, adds a word of their own."""

from qms_docs.words.evidence import Meaning
from tests.attacks import scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND: list[str] = []
GUARDS = {"qms_docs.judge.statements._follows": lambda *_: True}


def attack(stage: Stage) -> None:
    stage.say(MANAGER, Meaning.WITHDRAW)
    stage.issued()
    assert stage.in_force() == 1
    scenes.of_release(stage, QUALITY, Meaning.WITHDRAW)
    stage.commit("Withdrawn")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() is None
