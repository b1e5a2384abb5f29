"""A copy is back already; that a second one "came back" is to hide that a photocopy went round."""

from tests.attacks import copying
from tests.attacks.stage import Stage

FOUND = ["QMS913 closed"]
GUARDS = {"qms_docs.judge.copies.may_follow": lambda *_: True}


def attack(stage: Stage) -> None:
    stage.issued()
    issued = copying.issue(stage, 1)
    stage.commit("A copy")
    copying.happened(stage, "returned", issued, 1)
    stage.commit("Back")
    copying.happened(stage, "returned", issued, 1)
    stage.commit("Back once more")


def succeeded(stage: Stage) -> bool:
    return len(copying.copies(stage)[1].entries) == 3
