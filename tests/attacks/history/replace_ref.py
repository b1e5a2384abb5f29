"""The commit by which quality sent the text back is replaced by one that changes nothing."""

from tests.attacks.stage import MANAGER, QUALITY, Stage

FOUND = ["replaced-history"]
GUARDS = {"qms_docs.edges.git.Repository.refuse_other_history": lambda self: None}


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    before = stage.commit("Review")
    stage.say(QUALITY, "rejected")
    sent_back = stage.commit("Sent back", who=QUALITY)
    stage.git("rm", "-r", "--quiet", "records/statements")
    stage.git("checkout", "--quiet", before, "--", "records")
    stage.say(MANAGER, "approved")
    harmless = stage.git("commit-tree", "-p", before, "-m", "x", f"{before}^{{tree}}").strip()
    stage.commit("Approval")
    stage.release()
    stage.commit("Release")
    stage.git("replace", sent_back, harmless)


found = Stage.error


def succeeded(stage: Stage) -> bool:
    return not stage.error() and stage.in_force() == 1
