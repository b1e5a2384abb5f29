"""A second procedure has an identification that looks like that of the first: with a Cyrillic С."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

LOOKS = "CS\u0421-QP-01"
OTHER = "procedures/CSC-QP-02.md"
FOUND = ["QMS902 schema"] * 4
GUARDS = {"qms_docs.text.schema.validate": lambda *_: iter(())}
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.issued()
    text = stage.read(PATH).replace("CSC-QP-01", LOOKS).replace("15 days", "90 days")
    stage.write({OTHER: text})
    stage.commit("Another")
    named = scenes.forged(stage, OTHER)
    scenes.stated_all(stage, named.subject)
    scenes.released_as(stage, named)


def succeeded(stage: Stage) -> bool:
    return stage.in_force(LOOKS) == 1
