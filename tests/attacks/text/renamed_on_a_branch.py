"""The manager writes a draft under another name on a branch, the drafter works on it and moves it
over the document there; main sees neither the name nor the draft."""

from tests.attacks import scenes
from tests.attacks.stage import DRAFTER, MANAGER, PATH, Stage

DRAFT = "procedures/draft.md"
FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.candidate.Candidate.disqualified": lambda *_: {}}
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.git("switch", "--quiet", "--create", "topic")
    stage.write({DRAFT: stage.read(PATH).replace("15 days", "90 days")})
    stage.commit("Draft", who=MANAGER)
    stage.edit(DRAFT, "Every complaint", "Each complaint")
    stage.commit("Wording")
    stage.git("mv", "--force", DRAFT, PATH)
    stage.commit("In its place")
    scenes.merged(stage, "topic", who=DRAFTER)
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
