"""The manager, who may approve and not release, issues a copy in the role that they hold."""

from tests.attacks import copying
from tests.attacks.stage import MANAGER, Stage

FOUND = ["QMS913 issuer"]
GUARDS = {"qms_docs.judge.copies.may_issue": lambda *_: True}


def attack(stage: Stage) -> None:
    stage.issued()
    copying.issue(stage, 1, who=MANAGER)
    stage.commit("A copy")


def succeeded(stage: Stage) -> bool:
    return 1 in copying.copies(stage)
