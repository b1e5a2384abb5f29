"""The manager writes a sentence in the very merge of a draft, so that no commit names an author."""

from tests.attacks.stage import MANAGER, PATH, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.approvals.SEPARATE": ()}


def attack(stage: Stage) -> None:
    stage.git("switch", "--quiet", "--create", "side")
    stage.edit(PATH, "Every complaint", "Each complaint")
    stage.commit("A draft")
    stage.git("switch", "--quiet", "main")
    stage.merge("side", "--no-commit", who=MANAGER)
    stage.edit(PATH, "within 15 days", "within 150 days")
    stage.commit("Merge branch 'side'", who=MANAGER)
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
