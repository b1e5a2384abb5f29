"""A release says that it rests on a statement that nobody has ever seen."""

from qms_docs.words.evidence import Release
from tests.attacks.stage import CONTROLLER, Stage

FOUND = ["QMS906 statement"]
GUARDS = {"qms_docs.judge.ledger.Ledger._whole": lambda *_: iter(())}


def attack(stage: Stage) -> None:
    stage.approved()
    stage.put(*stage.record(CONTROLLER, Release(stage.texts(), ("5" * 64,))))
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
