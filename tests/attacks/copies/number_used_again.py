"""Copy 1 disappeared; another copy 1 is issued to the archive, which then returns it."""

from qms_docs.judge import copies
from qms_docs.words.copies import CopyState
from tests.attacks import copying
from tests.attacks.stage import Stage

FOUND = ["QMS913 number", "QMS913 unknown"]
GUARDS = {"qms_docs.judge.copies.is_free": lambda *_: True}


def attack(stage: Stage) -> None:
    stage.issued()
    copying.issue(stage, 1)
    stage.commit("A copy")
    again = copying.issue(stage, 1)
    stage.commit("To the archive")
    copying.happened(stage, "returned", again, 1)
    stage.commit("Back")


def succeeded(stage: Stage) -> bool:
    copy = copying.copies(stage)[1]
    return copies.standing(copy, stage.ledger().released(), stage.now) is CopyState.RETURNED
