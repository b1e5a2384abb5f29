"""A word is changed in a text that is in force; it must not pass for the released one."""

from qms_docs.words.model import Status
from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND: list[str] = []
GUARDS = {"qms_docs.text.closure.Closure.digest": "0" * 64}
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.issued()
    assert scenes.shown(stage) is Status.EFFECTIVE
    stage.edit(PATH, "within 15 days", "within 90 days")
    stage.commit("Wording")


def succeeded(stage: Stage) -> bool:
    return scenes.shown(stage) is Status.EFFECTIVE
