"""A new authority rests on clicks, which the authority itself says are enough."""

from dataclasses import replace

from qms_docs.judge import requirements
from qms_docs.words.authority import Authority
from qms_docs.words.evidence import Grade, Meaning
from tests.attacks import reviewing
from tests.attacks.stage import DRAFTER, MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
before = reviewing.before
_of_data = requirements.of_data


def _any_grade(authority: Authority, name: str) -> requirements.Requirement | None:
    needed = _of_data(authority, name)
    return replace(needed, grades=frozenset(Grade)) if needed else None


GUARDS = {
    "qms_docs.judge.requirements.of_data": _any_grade,
    "qms_docs.judge.clicks._of_text": lambda *_: "",
}


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    given = [reviewing.review(stage, QUALITY), reviewing.review(stage, MANAGER)]
    body = reviewing.reviews(stage, *given)
    reviewing.landed(stage)
    stage.amend(add_role=(DRAFTER, "CSC-RS-01"))
    stage.commit("The next authority")
    stage.say(DRAFTER, Meaning.PREPARED, "authority")
    stage.commit("Prepared")
    text = stage.subject("authority")
    named = (replace(each, subjects=(text,)) for each in body.reviews)
    reviewing.put(stage, replace(body, reviews=tuple(named)))
    stage.release("authority")
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force("authority", "zxx") == 2
