"""The requirement is "who the document names", and the second revision names a friend only."""

from tests.attacks.stage import CONTROLLER, PATH, QUALITY, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.candidate.Candidate._replaced": property(lambda self: iter(()))}


def before(stage: Stage) -> None:
    stage.edit(
        "manual/authority.yaml",
        "classes: [major, minor],\n     reviewed: [CSC-RS-02], approved: [CSC-RS-01]}",
        "classes: [major, minor],\n     reviewed: [CSC-RS-02], approved: [approvers]}",
    )


def attack(stage: Stage) -> None:
    stage.issued()
    stage.revised("approvers: [CSC-RS-01]", "approvers: [CSC-RS-03]", PATH)
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.say(CONTROLLER, "approved")
    stage.commit("Review and approval by those whom the text names")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 2
