"""A copy was issued in a trial repository; its record is brought over, so that it looks issued."""

from tests.attacks import copying
from tests.attacks.stage import Stage

FOUND = ["QMS903 foreign"]
GUARDS = {"qms_docs.judge.ledger.Ledger._is_ours": lambda *_: True}


def attack(stage: Stage) -> None:
    stage.issued()
    copying.issue(stage, 1, manual="7" * 64)
    stage.commit("A copy")


def succeeded(stage: Stage) -> bool:
    return 1 in copying.copies(stage)
