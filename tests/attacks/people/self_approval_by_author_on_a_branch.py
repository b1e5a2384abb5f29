"""The manager writes the text on a branch, the drafter says there that it is prepared, one merge
brings both; the manager approves it."""

from tests.attacks import scenes
from tests.attacks.stage import DRAFTER, MANAGER, PATH, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.candidate.Candidate.disqualified": lambda *_: {}}


def attack(stage: Stage) -> None:
    stage.git("switch", "--quiet", "--create", "topic")
    stage.edit(PATH, "within 15 days", "within 90 days")
    stage.commit("Longer", who=MANAGER)
    stage.say(DRAFTER, "prepared")
    stage.commit("Prepared")
    scenes.merged(stage, "topic", who=DRAFTER)
    scenes.spoken(stage, prepared="")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
