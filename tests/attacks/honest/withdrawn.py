"""The manager withdraws a procedure: nothing of it is in force, in no language."""

from qms_docs.words.evidence import Meaning
from qms_docs.words.model import Status
from tests.attacks import scenes
from tests.attacks.stage import MANAGER, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    stage.issued()
    assert stage.in_force(language="zh-CN") == 1
    scenes.of_release(stage, MANAGER, Meaning.WITHDRAW)
    stage.commit("Withdrawn", who=MANAGER)


def succeeded(stage: Stage) -> bool:
    nothing = stage.in_force() is None and stage.in_force(language="zh-CN") is None
    return nothing and stage.status(1) is Status.WITHDRAWN
