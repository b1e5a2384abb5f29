"""Somebody types a status and an approver into the front matter, where no such fields are."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

FOUND = ["QMS907 absent"]
GUARDS = {
    "qms_docs.text.documents._follows_schema": lambda source, findings: bool(source.metadata),
    "qms_docs.judge.releasing._support": lambda candidate: (),
}
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.edit(PATH, "language: en\n", "language: en\nstatus: effective\napproved_by: manager\n")
    stage.commit("Approved")
    scenes.released_as(stage, scenes.forged(stage, PATH))


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
