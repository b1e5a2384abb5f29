"""The manager writes half of the text; the drafter moves it and rewrites it so far that no program
sees that it is the same. The identification says it."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, PATH, Stage

NEW = "procedures/service/CSC-QP-01.md"
FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.candidate.Candidate.disqualified": lambda *_: {}}
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.edit(PATH, "within 15 days", "within 90 days")
    stage.commit("Longer", who=MANAGER)
    head, _, body = stage.read(PATH).partition("## Purpose")
    stage.git("rm", "--quiet", PATH)
    stage.write({NEW: f"{head}## Purpose\n\nAll new.\n{body[-40:]}"})
    stage.commit("Moved")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
