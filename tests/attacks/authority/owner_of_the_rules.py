"""The authority is to be approved by "owner", which nobody is: so nobody need approve it."""

from qms_docs.judge.requirements import Requirement
from qms_docs.words.evidence import Grade
from tests.attacks.stage import DRAFTER, Stage

FOUND = ["QMS906 no-requirement"]
GUARDS = {
    "qms_docs.judge.requirements.of_data": lambda authority, name: Requirement(
        (), (), 0, ordered=True, languages=(), grades=frozenset(Grade)
    )
}


def before(stage: Stage) -> None:
    stage.edit(
        "manual/authority.yaml",
        "classes: [major], reviewed: [CSC-RS-02],\n     approved: [CSC-RS-01]}",
        "classes: [major], approved: [owner]}",
    )


def attack(stage: Stage) -> None:
    stage.amend(add_role=(DRAFTER, "CSC-RS-01"))
    stage.commit("The next authority")
    stage.say(DRAFTER, "prepared", "authority")
    stage.commit("Prepared")
    stage.release("authority")
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force("authority", "zxx") == 2
