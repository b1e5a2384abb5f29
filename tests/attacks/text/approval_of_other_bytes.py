"""After the approvals a word is changed, and the revision is left; then the text is released."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND = scenes.APPROVALS_MISSING
GUARDS = {"qms_docs.text.closure.Closure.digest": "0" * 64}
before = scenes.one_language


def attack(stage: Stage) -> None:
    scenes.spoken(stage)
    stage.edit(PATH, "within 15 days", "within 90 days")
    stage.commit("Wording")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
