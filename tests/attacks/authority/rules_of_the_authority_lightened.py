"""The new authority says that the controller alone may approve authorities, and is so approved."""

from tests.attacks import weak
from tests.attacks.stage import CONTROLLER, DRAFTER, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.ledger.Ledger._before": weak.written}


def attack(stage: Stage) -> None:
    stage.amend(add_role=(DRAFTER, "CSC-RS-01"))
    stage.edit(
        "manual/authority.yaml",
        "classes: [major], reviewed: [CSC-RS-02],\n     approved: [CSC-RS-01]}",
        "classes: [major],\n     approved: [CSC-RS-03]}",
    )
    stage.commit("The next authority")
    stage.say(DRAFTER, "prepared", "authority")
    stage.say(CONTROLLER, "approved", "authority")
    stage.commit("Approval")
    stage.release("authority")
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force("authority", "zxx") == 2
