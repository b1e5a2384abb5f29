"""Two approved second revisions merge cleanly into a third text, which nobody has approved."""

from qms_docs.words.evidence import Release
from tests.attacks.stage import CONTROLLER, PATH, Stage

FOUND = ["QMS907 content"]
GUARDS = {"qms_docs.judge.releasing._text_as_named": lambda *_: iter(())}


def attack(stage: Stage) -> None:
    stage.issued()
    for name, old, new in (
        ("one", "Every complaint gets an answer.", "Every complaint gets an answer by telephone."),
        ("two", "CSC-FM-01-01 Complaint file.", "CSC-FM-01-01 Complaint file, kept for a year."),
    ):
        stage.git("switch", "--quiet", "--create", name, "main")
        stage.revised(old, new, PATH)
        stage.approved()
    texts = stage.texts()
    stage.git("switch", "--quiet", "main")
    stage.merge("one")
    stage.merge("two")
    stage.put(*stage.record(CONTROLLER, Release(texts, ())))
    stage.commit("Release of what was approved on the branch")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 2
