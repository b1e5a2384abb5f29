"""The second revision calls the procedure a role sheet, which one signature is enough for."""

from tests.attacks.stage import PATH, QUALITY, Stage

FOUND = ["QMS906 no-reviewed", "QMS906 no-approved", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.candidate.Candidate._replaced": property(lambda self: iter(()))}


def before(stage: Stage) -> None:
    stage.edit(
        "manual/authority.yaml",
        "requirements:\n  - {types: [manual, procedure, role], classes: [major, minor],",
        "requirements:\n  - {types: [role], classes: [major, minor], approved: [CSC-RS-02]}\n"
        "  - {types: [manual, procedure], classes: [major, minor],",
    )


def attack(stage: Stage) -> None:
    stage.issued()
    stage.revised("type: procedure", "type: role", PATH)
    stage.prepared()
    stage.say(QUALITY, "approved")
    stage.commit("Approval")
    stage.release()
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 2
