"""A new role sheet, for which one signature is enough, says that it supersedes the procedure."""

from qms_docs.words.model import Status
from tests.attacks.authority.type_downgraded import before as before
from tests.attacks.stage import DRAFTER, QUALITY, Stage

SHEET = "CSC-RS-09"
FOUND = ["QMS906 no-reviewed", "QMS906 no-approved", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.candidate.Candidate._replaced": property(lambda self: iter(()))}


def attack(stage: Stage) -> None:
    stage.issued()
    text = stage.read("manual/roles/CSC-RS-02.md").replace("id: CSC-RS-02", f"id: {SHEET}")
    text = text.replace("revision: 1", "revision: 1\nsupersedes: [CSC-QP-01]")
    stage.write({f"manual/roles/{SHEET}.md": text})
    stage.commit("A role sheet")
    stage.say(DRAFTER, "prepared", SHEET)
    stage.say(QUALITY, "approved", SHEET)
    stage.commit("Approval")
    stage.release(SHEET)
    stage.commit("Release")


def succeeded(stage: Stage) -> bool:
    return stage.status(1) is Status.SUPERSEDED
