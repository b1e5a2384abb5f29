"""The manager draws a picture in a folder of their own; the drafter moves it to where the text
shows it, and the manager approves the text."""

from tests.attacks.stage import MANAGER, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.candidate.Candidate.disqualified": lambda *_: {}}
DOCUMENT = "CSC-QM-01"


def attack(stage: Stage) -> None:
    drawing = stage.read("manual/process.svg").replace("M51 20 H69", "M51 20 H60")
    stage.write({"drawings/flow.svg": drawing})
    stage.commit("Drawing", who=MANAGER)
    stage.git("mv", "--force", "drawings/flow.svg", "manual/process.svg")
    stage.commit("In its place")
    stage.issued(DOCUMENT)


def succeeded(stage: Stage) -> bool:
    return stage.in_force(DOCUMENT) == 1
