"""One push: first a new authority, in order, that gives a friend the manager's role, then its use.

Each landing alone is in order, so the audit has nothing to say. But nobody has seen the new
authority on main before it was used: the server judges a push by what was in force before it.
"""

from tests.attacks.stage import CONTROLLER, DRAFTER, QUALITY, Stage

FOUND = ["QMS905 role", "QMS906 no-approved"]
GUARDS = {"qms_docs.work.pushing._at_present": lambda *_: ()}


def attack(stage: Stage) -> None:
    stage.serve()
    stage.amend(add_role=(CONTROLLER, "CSC-RS-01"))
    stage.commit("The next authority")
    stage.issued("authority")
    stage.say(DRAFTER, "prepared")
    stage.say(DRAFTER, "translated")
    stage.say(QUALITY, "reviewed")
    stage.commit("Review")
    stage.say(CONTROLLER, "approved", role="CSC-RS-01")
    stage.commit("Approval")
    stage.release()
    stage.commit("Release")
    assert stage.found() == []
    stage.push()


def found(stage: Stage) -> list[str]:
    return stage.refused


def succeeded(stage: Stage) -> bool:
    return stage.served() == 1
