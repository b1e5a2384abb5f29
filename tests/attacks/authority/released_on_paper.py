"""A new authority rests on sheets of paper, which the authority itself says are enough."""

from dataclasses import replace

from qms_docs.judge import requirements
from qms_docs.words.authority import Authority
from qms_docs.words.evidence import Grade, Meaning, Paper, Statement
from tests.attacks.stage import CONTROLLER, DRAFTER, MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
_of_data = requirements.of_data


def _any_grade(authority: Authority, name: str) -> requirements.Requirement | None:
    needed = _of_data(authority, name)
    return replace(needed, grades=frozenset(Grade)) if needed else None


GUARDS = {"qms_docs.judge.requirements.of_data": _any_grade}


def attack(stage: Stage) -> None:
    stage.amend(add_role=(DRAFTER, "CSC-RS-01"))
    stage.edit(
        "manual/authority.yaml",
        "classes: [major], reviewed: [CSC-RS-02],",
        "classes: [major], grades: [ssh, paper], reviewed: [CSC-RS-02],",
    )
    stage.commit("The next authority")
    stage.say(CONTROLLER, "prepared", "authority")
    for meaning, person, role in (
        (Meaning.REVIEWED, QUALITY, "CSC-RS-02"),
        (Meaning.APPROVED, MANAGER, "CSC-RS-01"),
    ):
        act = stage.act(meaning, "authority")
        for registrar in (CONTROLLER, DRAFTER):
            paper = Paper(person, role, meaning.value[:1].encode().hex() * 32)
            stage.put(*stage.record(registrar, Statement((act,), paper)))
            stage.commit("A sheet is registered")
    stage.release("authority")
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force("authority", "zxx") == 2
