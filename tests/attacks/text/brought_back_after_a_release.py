"""The manager writes the next revision early, and it is set back for the first one to be released.
The drafter brings it back as it was, and the manager approves it."""

from tests.attacks import scenes
from tests.attacks.stage import MANAGER, PATH, Stage

FOUND = ["QMS906 no-approved"]
GUARDS = {"qms_docs.judge.candidate.Candidate.disqualified": lambda *_: {}}


def before(stage: Stage) -> None:
    scenes.one_language(stage)
    role = "[{role: CSC-RS-03, from: 2026-01-01}"
    old, new = f"{role}]", f"{role}, {{role: CSC-RS-01, from: 2026-01-01}}]"
    stage.edit("manual/authority.yaml", old, new)


def attack(stage: Stage) -> None:
    first = stage.read(PATH)
    second = first.replace("revision: 1", "revision: 2").replace("15 days", "90 days")
    stage.write({PATH: second})
    stage.commit("Second", who=MANAGER)
    stage.write({PATH: first})
    stage.commit("First")
    scenes.spoken(stage, approved="")
    stage.say("controller", "approved", role="CSC-RS-01")
    stage.commit("Approval", who="controller")
    scenes.let_go(stage)
    assert stage.in_force() == 1
    stage.write({PATH: second})
    stage.commit("Second")
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 2
