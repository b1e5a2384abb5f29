"""The manager once signed a withdrawal and thought better of it; somebody kept the file, and lets
it land when the next revision is in force."""

from qms_docs.words.evidence import Meaning
from tests.attacks import scenes
from tests.attacks.stage import MANAGER, Stage

FOUND: list[str] = []
GUARDS = {"qms_docs.judge.statements._is_superseded": lambda *_: False}


def attack(stage: Stage) -> None:
    stage.issued()
    kept = scenes.of_release(stage, MANAGER, Meaning.WITHDRAW)
    path = f"records/statements/{kept.digest[:2]}/{kept.digest}.json"
    data = (stage.root / path).read_bytes()
    (stage.root / path).unlink()
    stage.revised("## Purpose\n", "## Purpose\n\nNew.\n")
    stage.issued()
    assert stage.in_force() == 2
    stage.write({path: data})
    stage.commit("Withdrawn")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() is None
