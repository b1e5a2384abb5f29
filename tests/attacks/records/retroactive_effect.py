"""A text says that it takes effect before it was released, so that a deviation was none."""

from datetime import datetime

from tests.attacks.stage import PATH, Stage

FOUND: list[str] = []
GUARDS = {
    "qms_docs.judge.releasing.effective": lambda declared, landed, zone: datetime.fromisoformat(
        declared
    )
}


def before(stage: Stage) -> None:
    stage.edit(PATH, "effective: on-release", "effective: 2026-01-15T00:00:00+08:00")


def attack(stage: Stage) -> None:
    stage.issued()


def succeeded(stage: Stage) -> bool:
    issue = stage.ledger().issues["CSC-QP-01"][0]
    return issue.effective < issue.landing.instant
