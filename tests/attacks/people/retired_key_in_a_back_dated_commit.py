"""A key has been retired; who found it reviews with it, in a commit dated when it was valid."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from qms_docs.judge import landings
from qms_docs.words.history import Arrival, Commit, instant_of
from tests.attacks import scenes
from tests.attacks.stage import QUALITY, Key, Stage

REAL = landings.arrivals
RETIRED = Key.of("retired key of quality")


def believing(commits: Iterable[Commit], tip: str) -> Iterator[Arrival]:
    for arrival in REAL(commits, tip):
        landing = replace(arrival.landing, instant=instant_of(arrival.commit.seconds))
        yield replace(arrival, landing=landing)


FOUND = ["QMS905 key", "QMS906 no-reviewed", "QMS906 no-approved"]
GUARDS = {"qms_docs.judge.landings.arrivals": believing}


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
    stage.commit("Review", who=QUALITY)
    stage.now = now
    scenes.spoken(stage, prepared="", translated="", reviewed="")
    scenes.let_go(stage)


def succeeded(stage: Stage) -> bool:
    return stage.in_force() == 1
