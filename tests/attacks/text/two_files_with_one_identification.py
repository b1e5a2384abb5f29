"""Two files say that they are the procedure. One was approved; the release names the other."""

from dataclasses import replace

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

OTHER = "procedures/old/CSC-QP-01.md"
FOUND = ["QMS907 content"]
GUARDS = {
    "qms_docs.text.closure.Closure.digest": "0" * 64,
    "qms_docs.judge.releasing._is_frozen": lambda *_: True,
}
before = scenes.one_language


def attack(stage: Stage) -> None:
    scenes.spoken(stage)
    approved = scenes.forged(stage, PATH)
    stage.write({OTHER: stage.read(PATH).replace("15 days", "90 days")})
    stage.commit("The other")
    scenes.released_as(stage, replace(approved, path=OTHER))


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
