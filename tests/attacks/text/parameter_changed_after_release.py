"""A shared value is changed that a text in force quotes; it must not pass for the released one."""

from qms_docs.words.model import Status
from tests.attacks import scenes
from tests.attacks.stage import Stage

FOUND: list[str] = []
GUARDS = {"qms_docs.text.closure.closure_of": scenes.without_inclusions}
before = scenes.with_parameter


def attack(stage: Stage) -> None:
    stage.issued()
    assert scenes.shown(stage) is Status.EFFECTIVE
    stage.edit(scenes.PARAMETERS, "value: 15", "value: 90")
    stage.commit("Another limit")


def succeeded(stage: Stage) -> bool:
    return scenes.shown(stage) is Status.EFFECTIVE
