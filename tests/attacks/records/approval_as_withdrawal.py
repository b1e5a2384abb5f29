"""The manager approved a text; "approved" is made "withdraw" in the signed record."""

from qms_docs.words.model import Status
from tests.attacks import weak
from tests.attacks.stage import MANAGER, Stage

FOUND = ["QMS904 signature"]
GUARDS = weak.unsigned


def attack(stage: Stage) -> None:
    record, _ = stage.record(MANAGER, stage.statement("approved"))
    stage.issued()
    stage.forge(record, stage.statement("withdraw"))
    stage.commit("Withdrawn")


def succeeded(stage: Stage) -> bool:
    return stage.status(1) is Status.WITHDRAWN
