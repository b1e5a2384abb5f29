"""The drafter makes the own role one that may release, in the commit with the release."""

from tests.attacks import weak
from tests.attacks.stage import DRAFTER, Stage

FOUND = ["QMS906 issuer"]
GUARDS = {"qms_docs.judge.ledger.Ledger._before": weak.written}


def attack(stage: Stage) -> None:
    stage.approved()
    stage.edit("manual/authority.yaml", "issuers: [CSC-RS-03]", "issuers: [CSC-RS-04]")
    stage.release(who=DRAFTER)
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
