"""The manager takes an approval back after the release, so that it never was one.

Nothing has to be guarded: a release is judged once, when it lands, and what was in force yesterday
stays what was in force yesterday. Who wants a document gone withdraws it.
"""

from tests.attacks.stage import CONTROLLER, MANAGER, QUALITY, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    stage.prepared()
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    approved = stage.say(MANAGER, "approved")
    stage.commit("Approval")
    stage.release(who=CONTROLLER)
    stage.commit("Release")
    stage.void(MANAGER, approved)
    stage.commit("Taken back", who=MANAGER)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
