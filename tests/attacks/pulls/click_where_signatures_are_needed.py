"""The authority wants signatures; quality has sent the text back by one, then clicks Approve."""

from dataclasses import replace

from qms_docs.judge import requirements
from qms_docs.words.evidence import Grade
from tests.attacks import reviewing, scenes
from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved", "QMS906 rejected"]
_of = requirements._of


def _any_grade(*arguments: object) -> requirements.Requirement | None:
    needed = _of(*arguments)  # type: ignore[arg-type]  # those of what it stands for
    return replace(needed, grades=frozenset(Grade)) if needed else None


GUARDS = {"qms_docs.judge.requirements._of": _any_grade}


def before(stage: Stage) -> None:
    reviewing.before(stage)
    classes = "classes: [major, minor],"
    stage.edit("manual/authority.yaml", classes, f"{classes} grades: [ssh],")


def attack(stage: Stage) -> None:
    reviewing.topic(stage)
    reviewing.landed(stage)
    stage.say(QUALITY, "rejected")
    stage.commit("Sent back", who=QUALITY)
    clicks = [reviewing.review(stage, QUALITY), reviewing.review(stage, MANAGER)]
    reviewing.imported(stage, *clicks)
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
