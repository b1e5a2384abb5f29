"""A commit claims to be older than what is on main already, so that its release counts from then.

Nothing has to be guarded: a landing is never earlier than the one before it.
"""

from datetime import timedelta

from tests.attacks.stage import Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    stage.approved()
    stage.release()
    stage.git("add", "--all")
    stage.git("commit", "--quiet", "--message=Release", when=stage.now - timedelta(days=60))


def succeeded(stage: Stage) -> bool:
    """Tell whether the release counts from the landing before it, and no earlier."""
    ledger = stage.ledger()
    issue = ledger.issues["CSC-QP-01"][0]
    before = list(ledger.line.values())[-2]
    return issue.effective == issue.landing.instant == before.instant
