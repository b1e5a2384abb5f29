"""A new time zone comes unreleased with the release, so that "+1 days" begins two hours earlier."""

from datetime import UTC, datetime

from tests.attacks import weak
from tests.attacks.stage import PATH, Stage

FOUND: list[str] = []
GUARDS = {"qms_docs.judge.ledger.Ledger._before": weak.written}


def before(stage: Stage) -> None:
    stage.edit(PATH, "effective: on-release", "effective: +1 days")


def attack(stage: Stage) -> None:
    stage.approved()
    stage.edit("manual/policy.yaml", "Asia/Shanghai", "Asia/Vladivostok")
    stage.release()
    stage.commit("Release at 13:00 UTC: midnight is at 14:00 in Vladivostok, at 16:00 in Shanghai")
    stage.now = datetime(2026, 3, 2, 15, tzinfo=UTC)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
