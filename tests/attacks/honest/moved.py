"""A document in force is moved to another folder, unchanged: it stays what it is."""

from qms_docs.words.model import Status
from tests.attacks import scenes
from tests.attacks.stage import MANAGER, PATH, Stage

FOUND: list[str] = []
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.issued()
    (stage.root / "procedures/service").mkdir()
    stage.git("mv", PATH, "procedures/service/CSC-QP-01.md")
    stage.commit("Moved", who=MANAGER)
    assert scenes.shown(stage) is Status.EFFECTIVE
    text = stage.read("procedures/service/CSC-QP-01.md").replace("revision: 1", "revision: 2")
    stage.write({"procedures/service/CSC-QP-01.md": text})
    stage.commit("Second")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 2
