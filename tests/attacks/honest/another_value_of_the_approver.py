"""The manager changes a shared value that this text does not quote, and may approve the text."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, PATH, Stage

FOUND: list[str] = []
before = scenes.with_parameter


def attack(stage: Stage) -> None:
    stage.issued()
    text = stage.read(scenes.PARAMETERS)
    other = text.partition("\n")[2].replace("answer:", "call:").replace("15", "1")
    stage.write({scenes.PARAMETERS: text + other})
    stage.commit("Another value", who=MANAGER)
    stage.edit(PATH, "revision: 1", "revision: 2")
    stage.commit("Second")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 2
