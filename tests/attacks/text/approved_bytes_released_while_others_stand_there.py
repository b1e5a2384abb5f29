"""The release names the approved text; main holds another one at its path."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND = ["QMS907 content"]
GUARDS = {
    "qms_docs.text.closure.Closure.digest": "0" * 64,
    "qms_docs.judge.releasing._is_frozen": lambda *_: True,
}
before = scenes.one_language


def attack(stage: Stage) -> None:
    scenes.spoken(stage)
    approved = scenes.forged(stage, PATH)
    stage.edit(PATH, "within 15 days", "within 90 days")
    stage.commit("Wording")
    scenes.released_as(stage, approved)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
