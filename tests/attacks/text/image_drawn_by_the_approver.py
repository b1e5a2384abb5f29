"""The manager draws the picture, the drafter writes the text; the manager approves both."""

from tests.attacks.stage import MANAGER, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.candidate.Candidate.disqualified": lambda *_: {}}
DOCUMENT = "CSC-QM-01"


def attack(stage: Stage) -> None:
    stage.edit("manual/process.svg", "M51 20 H69", "M51 20 H60")
    stage.commit("Drawing", who=MANAGER)
    stage.issued(DOCUMENT)


def succeeded(stage: Stage) -> bool:
    return stage.in_force(DOCUMENT) == 1
