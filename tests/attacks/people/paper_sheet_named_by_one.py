"""One registers the scan with its sheet; the other registers the scan and names no sheet."""

from dataclasses import replace

from qms_docs.words.evidence import Meaning
from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, DRAFTER, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.statements.Statements._sheet": lambda *_: ""}


def attack(stage: Stage) -> None:
    scenes.spoken(stage, approved="")
    paper = scenes.sheet_of(stage)
    scenes.registered(stage, CONTROLLER, paper, Meaning.APPROVED)
    scenes.registered(stage, DRAFTER, replace(paper, sheet=""), Meaning.APPROVED)
    stage.commit("Registered")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
