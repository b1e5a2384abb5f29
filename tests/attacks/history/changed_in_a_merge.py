"""A branch with approvals and release is merged, and the merge itself changes a time limit."""

from tests.attacks.stage import PATH, Stage

FOUND = ["QMS907 content"]
GUARDS = {"qms_docs.judge.releasing._text_as_named": lambda *_: iter(())}


def attack(stage: Stage) -> None:
    stage.git("switch", "--quiet", "--create", "side")
    stage.approved()
    stage.release()
    stage.commit("Release")
    stage.git("switch", "--quiet", "main")
    stage.merge("side", "--no-commit")
    stage.edit(PATH, "within 15 days", "within 150 days")
    stage.commit("Merge branch 'side'")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1 and "within 150 days" in stage.read(PATH)
