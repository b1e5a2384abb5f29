"""Quality's rejection was deleted; a graft in the auditor's copy leaves both commits out."""

from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["replaced-history"]
GUARDS = {"qms_docs.edges.git.Repository.refuse_other_history": lambda self: None}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    before = stage.commit("Review")
    rejected = stage.say(QUALITY, "rejected")
    stage.commit("Sent back", who=QUALITY)
    stage.unlink(rejected)
    stage.commit("Clean up")
    stage.say(MANAGER, "approved")
    after = stage.commit("Approval")
    stage.release()
    stage.commit("Release")
    stage.write({".git/info/grafts": f"{after} {before}\n"})


found = Stage.error


def succeeded(stage: Stage) -> bool:
    return not stage.error() and stage.in_force() == 1
