"""A procedure in force is removed, and a new text begins in its place with revision 1, as if there
had been none."""

from tests.attacks import scenes
from tests.attacks.stage import PATH, Stage

NEW = "procedures/new/CSC-QP-01.md"
FOUND = ["QMS901 deleted", "QMS908 repeated"]
GUARDS = {"qms_docs.judge.releasing._order": lambda candidate: ()}
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.issued()
    text = stage.read(PATH)
    stage.git("rm", "--quiet", PATH, "records/releases/CSC-QP-01/en.r1.json")
    stage.commit("Removed")
    stage.write({NEW: text.replace("15 days", "90 days")})
    stage.commit("Anew")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return len(stage.ledger().issues["CSC-QP-01"]) > 1
