"""A key has been retired; who found it reviews with it, in a record dated when it was valid."""

from datetime import datetime, timedelta

from qms_docs.judge import entitlement
from qms_docs.words.authority import Authority
from qms_docs.words.evidence import Record
from tests.attacks import scenes
from tests.attacks.stage import QUALITY, Key, Stage

REAL = entitlement.objection
RETIRED = Key.of("retired key of quality")


def believing(record: Record, authority: Authority | None, instant: datetime) -> str:
    return REAL(record, authority, datetime.fromisoformat(record.said))


FOUND = ["QMS905 key", "QMS906 no-reviewed", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.entitlement.objection": believing}


def before(stage: Stage) -> None:
    line = f"keys: [{{key: {stage.keys[QUALITY].line}, from: 2026-01-01}}"
    retired = f", {{key: {RETIRED.line}, from: 2026-01-01, to: 2026-03-02}}"
    stage.edit("manual/authority.yaml", line, line + retired)


def attack(stage: Stage) -> None:
    then = stage.now
    stage.now += timedelta(days=3)
    scenes.spoken(stage, reviewed="", approved="")
    now, stage.now = stage.now, then
    stage.say(QUALITY, "reviewed", key=RETIRED)
    stage.now = now
    stage.commit("Review", who=QUALITY)
    scenes.spoken(stage, prepared="", translated="", reviewed="")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
