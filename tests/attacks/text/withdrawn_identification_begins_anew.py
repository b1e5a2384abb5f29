"""A procedure was withdrawn and removed; a new one begins with its identification, revision 1."""

from qms_docs.words.evidence import Meaning
from tests.attacks import scenes
from tests.attacks.stage import MANAGER, PATH, Stage

FOUND = ["QMS901 deleted", "QMS908 withdrawn"]
GUARDS = {"qms_docs.judge.releasing._order": lambda candidate: ()}
before = scenes.one_language


def attack(stage: Stage) -> None:
    stage.issued()
    text = stage.read(PATH)
    scenes.of_release(stage, MANAGER, Meaning.WITHDRAW)
    stage.git("rm", "--quiet", PATH)
    stage.commit("Withdrawn", who=MANAGER)
    stage.git("rm", "--quiet", "records/releases/CSC-QP-01/en.r1.json")
    stage.commit("Gone")
    stage.write({PATH: text.replace("Every complaint", "Every order")})
    stage.commit("Anew")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return len(stage.ledger().issues["CSC-QP-01"]) > 1
