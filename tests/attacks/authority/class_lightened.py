"""The second revision, with another rule in it, calls itself editorial: quality alone approves."""

from tests.attacks.stage import PATH, QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.substance.touched": lambda *_: False}


def attack(stage: Stage) -> None:
    stage.issued()
    stage.edit(PATH, "class: minor", "class: editorial")
    stage.revised("within 15 days", "within 150 days", PATH)
    stage.prepared()
    stage.say(QUALITY, "approved")
    stage.commit("Approval")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 2
