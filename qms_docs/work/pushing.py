"""May a push become the new main? What the hook of a server asks before it takes one in.

Whatever a branch holds is a draft and passes. Main only grows: its old tip stays on the line of
first parents. What a push brings to main is judged twice: as the audit will judge it for ever, and
by what was in force before the push, at the present. So no push grants itself anything in an
earlier commit, and nobody speaks under a date of the past.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple

from qms_docs.edges.git import Repository
from qms_docs.judge import admission, landings
from qms_docs.judge.admission import Note
from qms_docs.judge.ledger import Ledger
from qms_docs.text import records
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding, Place, Report
from qms_docs.words.history import Arrival

TOLERANCE = timedelta(minutes=10)
"""How far a clock may be ahead of the server's."""
_REPLACING = "refs/replace/"
_LINE = re.compile(r"([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (\S+)")


class Push(NamedTuple):
    """One reference that a push changes; an id of zeros stands for none."""

    old: str
    new: str
    ref: str


def pushes(lines: Iterable[str]) -> tuple[Push, ...]:
    """Return what Git tells a hook (githooks(5), pre-receive); raises QmsError for other lines."""
    found = []
    for line in lines:
        match = _LINE.fullmatch(line.rstrip("\n"))
        if match is None:
            raise QmsError("no-push", line=line.strip())
        found.append(Push(*match.groups()))
    return tuple(found)


def received(repository: Repository, asked: Sequence[Push], now: datetime) -> Report:
    """Judge a push on the server, where HEAD names main; raises QmsError if there is no main."""
    main = repository.main()
    if not repository.has(main) and all(each.ref != main for each in asked):
        raise QmsError("no-main", branch=main)
    return judge(repository, asked, main, now)


def judge(repository: Repository, asked: Sequence[Push], main: str, now: datetime) -> Report:
    """Return why a push is refused: no finding, and it may pass."""
    found: list[Finding] = []
    for push in asked:
        if push.ref.startswith(_REPLACING) and _names(push.new):
            found.append(_refused("push-replace", ref=push.ref))
        elif push.ref == main:
            found += _main(repository, push, now)
    return Report(main, 0, tuple(found))


def _main(repository: Repository, push: Push, now: datetime) -> Iterator[Finding]:
    """Yield what is wrong with a change of main."""
    if not _names(push.new):
        yield _refused("push-deleted", ref=push.ref)
        return
    tip = repository.tip(push.new)
    line = tuple(landings.arrivals(repository.history(tip), tip))
    begin = _begin(line, push.old)
    if begin is None:
        yield _refused("push", wanted=push.old[:12], commit=tip[:12])
        return
    yield from _ahead(line, begin, now)
    if not any(map(_is_evidence, line[begin:])):
        return
    told: list[Finding] = []
    for note in (*_audited(repository, line, begin), *_at_present(repository, line, begin, now)):
        if note.finding not in told:
            told.append(note.finding)
            yield note.finding


def _begin(line: Sequence[Arrival], old: str) -> int | None:
    """Return the number of the first new landing; None if main would lose its old tip."""
    if not _names(old):
        return 0
    found = (each.landing.number + 1 for each in line if each.commit.id == old)
    return next(found, None)


def _ahead(line: Sequence[Arrival], begin: int, now: datetime) -> Iterator[Finding]:
    """Yield the first new landing that claims a date to come."""
    latest = max([now + TOLERANCE, *(each.landing.instant for each in line[:begin][-1:])])
    for each in line[begin:]:
        if each.landing.instant > latest:
            date = each.landing.instant.isoformat()
            yield admission.note(each.landing, "QMS911", records.FOLDER, "", date=date).finding
            return


def _is_evidence(arrival: Arrival) -> bool:
    """Tell whether anything that came with a landing touches records."""
    changes = chain.from_iterable(each.changes for each in arrival.brought)
    return any(change.path.startswith(records.FOLDER) for change in changes)


def _audited(repository: Repository, line: Sequence[Arrival], begin: int) -> Iterator[Note]:
    """Yield what the audit will find in the new landings."""
    ledger = Ledger(repository.read_blob)
    for each in line:
        ledger.land(each)
    yield from _fresh(ledger, begin)


def _at_present(
    repository: Repository, line: Sequence[Arrival], begin: int, now: datetime
) -> Iterator[Note]:
    """Yield what is not in order by the rules from before the push, if it lands now.

    A first push brings a whole history: there is nothing from before by which to judge it.
    """
    if not begin:
        return
    ledger = Ledger(repository.read_blob)
    for each in line[:begin]:
        ledger.land(each)
    ledger.frozen = ledger.rules is not None
    for each in line[begin:]:
        present = max(each.landing.instant, now)
        ledger.land(replace(each, landing=replace(each.landing, instant=present)))
    yield from _fresh(ledger, begin)


def _fresh(ledger: Ledger, begin: int) -> Iterator[Note]:
    return (note for note in ledger.open_notes if note.landing.number >= begin)


def _names(name: str) -> bool:
    """Tell whether an id names something."""
    return bool(name.strip("0"))


def _refused(case: str, **values: str) -> Finding:
    return Finding("QMS910", Place(records.GENESIS_PATH), case, values)
