"""The audit: what the history of main says, judged from its beginning."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qms_docs.edges.git import Repository
from qms_docs.judge import admission
from qms_docs.text import records
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding, Place, Report
from qms_docs.words.issues import Chronicle
from qms_docs.work import history


def audit(
    repository: Repository,
    revision: str,
    trust: str | None,
    anchors: Iterable[Path],
    now: datetime,
    *,
    remembering: bool = False,
) -> Report:
    """Return what is not in order in the history of a commit and is not closed.

    Raises QmsError if there is no such history or the manual has not begun.
    """
    told = history.chronicle(repository, revision, remembering=remembering)
    if not told.released.genesis:
        raise QmsError("no-genesis")
    found = list(told.findings)
    found += _trusted(told.released.genesis, trust)
    for anchor in anchors:
        found += _anchored(told, anchor)
    found += _ahead(told, now)
    return Report(told.line[-1].commit, sum(1 for _ in told.released.all()), tuple(found))


def _trusted(genesis: str, trust: str | None) -> Iterator[Finding]:
    """Yield a finding if the manual begins otherwise than known of old (by 12 digits or more)."""
    if trust is None:
        return
    if len(trust) < 12 or not genesis.startswith(trust.lower()):
        values = {"found": genesis[:12], "wanted": trust[:12]}
        yield Finding("QMS910", Place(records.GENESIS_PATH), "trust", values)


def _anchored(told: Chronicle, anchor: Path) -> Iterator[Finding]:
    """Yield where the history does not contain what a published file names."""
    facts = _facts(anchor)
    place = Place(records.GENESIS_PATH)
    yield from _trusted(told.released.genesis, facts.genesis)
    if all(landing.commit != facts.commit for landing in told.line):
        values = {"anchor": anchor.name, "wanted": facts.commit[:12]}
        yield Finding("QMS910", place, "anchor", values)
    for digest in facts.releases:
        if digest not in told.records:
            values = {"anchor": anchor.name, "wanted": digest[:12]}
            yield Finding("QMS910", place, "record", values)


def _ahead(told: Chronicle, now: datetime) -> Iterator[Finding]:
    """Yield the first landing that claims a date to come."""
    for landing in told.line:
        if landing.instant > now:
            date = landing.instant.isoformat()
            found = admission.note(landing, "QMS911", records.FOLDER, "", date=date)
            if (landing.commit, found.finding.code) not in told.closed:
                yield found.finding
            return


@dataclass(frozen=True)
class Anchor:
    """What a published file says of the history that it comes from."""

    genesis: str
    commit: str
    releases: tuple[str, ...]


def _facts(path: Path) -> Anchor:
    """Return what a manifest says; raises QmsError if it is none."""
    try:
        data = json.loads(path.read_bytes())
        releases = tuple(str(each) for each in data["releases"])
        return Anchor(str(data["genesis"]), str(data["tip"]), releases)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise QmsError("no-anchor", path=path) from error
