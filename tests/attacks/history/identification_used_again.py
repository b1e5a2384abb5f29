"""A withdrawn procedure is brought back as if nothing had happened, with the next revision."""

from tests.attacks.stage import MANAGER, PATH, Stage

FOUND = ["QMS908 withdrawn"]
GUARDS = {"qms_docs.judge.releasing._order": lambda candidate: iter(())}


def attack(stage: Stage) -> None:
    stage.issued()
    stage.say(MANAGER, "withdraw")
    stage.commit("Withdrawn", who=MANAGER)
    stage.revised("within 15 days", "within 10 days", PATH)
    stage.issued()


def succeeded(stage: Stage) -> bool:
    return any(each.subject.revision == 2 for each in stage.ledger().issues["CSC-QP-01"])
