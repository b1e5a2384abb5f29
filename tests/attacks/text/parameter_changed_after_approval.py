"""After the approvals a shared value that the text quotes is changed; the file stays as it is."""

from tests.attacks import scenes
from tests.attacks.stage import Stage

FOUND = scenes.APPROVALS_MISSING
GUARDS = {"qms_docs.text.closure.closure_of": scenes.without_inclusions}
before = scenes.with_parameter


def attack(stage: Stage) -> None:
    scenes.spoken(stage)
    stage.edit(scenes.PARAMETERS, "value: 15", "value: 90")
    stage.commit("Another limit")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
