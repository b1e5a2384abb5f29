"""The text says from when it is to be in force; the approvals come later: it takes effect then."""

from qms_docs.words.model import Status
from tests.attacks.stage import BEGINNING, PATH, Stage

FOUND: list[str] = []


def attack(stage: Stage) -> None:
    date = BEGINNING.date().isoformat()
    stage.edit(PATH, "effective: on-release", f"effective: {date}T00:00:00+08:00")
    stage.commit("Date")
    stage.now = BEGINNING.replace(month=4)
    stage.issued()


def succeeded(stage: Stage) -> bool:
    issue = stage.ledger().issues["CSC-QP-01"][0]
    assert issue.effective == issue.landing.instant == stage.now
    return stage.status(1) is Status.EFFECTIVE
