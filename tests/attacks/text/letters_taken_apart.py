"""After the approvals a letter is written in two parts, which looks the same."""

import unicodedata

from qms_docs.text import closure
from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

REAL = closure._sha256


def composed(data: bytes) -> str:
    return REAL(unicodedata.normalize("NFC", data.decode()).encode())


FOUND = ["QMS907 absent"]
GUARDS = {
    "qms_docs.text.characters.check": lambda *_: (),
    "qms_docs.text.closure._sha256": composed,
}


def before(stage: Stage) -> None:
    scenes.one_language(stage)
    stage.edit(PATH, "Every complaint", "Every r\u00e9clamation")


def attack(stage: Stage) -> None:
    scenes.spoken(stage)
    stage.edit(PATH, "\u00e9", "e\u0301")
    stage.commit("The same letter")
    scenes.released_as(stage, scenes.forged(stage, PATH))


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
