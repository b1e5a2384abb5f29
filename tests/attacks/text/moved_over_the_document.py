"""The manager writes a text somewhere and moves it over the document, so that Git sees a move."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, PATH, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.candidate.Candidate.disqualified": lambda *_: {}}
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.write({"notes.txt": stage.read(PATH).replace("15 days", "90 days")})
    stage.commit("Notes", who=MANAGER)
    stage.git("mv", "--force", "notes.txt", PATH)
    stage.commit("In its place", who=MANAGER)
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
