"""The requirements are lightened in the commit with the release: the drafter's role is enough."""

from tests.attacks import weak
from tests.attacks.stage import CONTROLLER, DRAFTER, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.ledger.Ledger._before": weak.written}


def attack(stage: Stage) -> None:
    stage.say(DRAFTER, "prepared")
    stage.say(DRAFTER, "translated")
    stage.commit("Prepared")
    stage.edit(
        "manual/authority.yaml",
        "classes: [major, minor],\n     reviewed: [CSC-RS-02], approved: [CSC-RS-01]}",
        "classes: [major, minor],\n     approved: [CSC-RS-03]}",
    )
    stage.say(CONTROLLER, "approved")
    stage.release()
    stage.commit("Release under lighter rules")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
