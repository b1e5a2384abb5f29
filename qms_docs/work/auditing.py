"""The audit: what the history of main says, judged from its beginning."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qms_docs.edges import pdffiles
from qms_docs.edges.git import Repository
from qms_docs.judge import admission
from qms_docs.judge.admission import Note
from qms_docs.text import facts, records
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Subject
from qms_docs.words.findings import Finding, Place, Report
from qms_docs.words.history import Landing
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
    note = ahead(told.line, now)
    if note and (note.landing.commit, note.finding.code) not in told.closed:
        found.append(note.finding)
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
    known = _facts(anchor)
    place = Place(records.GENESIS_PATH)
    yield from _trusted(told.released.genesis, known.genesis)
    if all(landing.commit != known.commit for landing in told.line):
        values = {"anchor": anchor.name, "wanted": known.commit[:12]}
        yield Finding("QMS910", place, "anchor", values)
    for digest in known.releases:
        if digest not in told.records:
            values = {"anchor": anchor.name, "wanted": digest[:12]}
            yield Finding("QMS910", place, "record", values)
    texts = ((issue.subject, issue.release) for issue in told.released.all())
    if known.text and known.text[1] in told.records and known.text not in texts:
        subject, _ = known.text
        values = {"anchor": anchor.name, "id": subject.id, "revision": str(subject.revision)}
        yield Finding("QMS910", place, "shown", values)


def ahead(line: Iterable[Landing], now: datetime) -> Note | None:
    """Return what is said of the first landing that claims a date to come, if there is one."""
    found = next((landing for landing in line if landing.instant > now), None)
    if found is None:
        return None
    return admission.note(found, "QMS911", records.FOLDER, "", date=found.instant.isoformat())


@dataclass(frozen=True)
class Anchor:
    """What a published file says of the history that it comes from."""

    genesis: str
    commit: str
    releases: tuple[str, ...]
    text: tuple[Subject, str] | None = None
    """Of a PDF: the text that it shows, and the release that it names."""


def _facts(path: Path) -> Anchor:
    """Return what a manifest or a PDF says; raises QmsError if it is none of qms."""
    try:
        with path.open("rb") as stream:
            data = stream.read(pdffiles.LARGEST + 1)
    except OSError as error:
        raise QmsError("no-anchor", path=path) from error
    return _of_pdf(data, path) if pdffiles.is_pdf(data) else _of_manifest(data, path)


def _of_manifest(data: bytes, path: Path) -> Anchor:
    try:
        fields = json.loads(data)
        releases = tuple(str(each) for each in fields["releases"])
        return Anchor(str(fields["genesis"]), str(fields["tip"]), releases)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise QmsError("no-anchor", path=path) from error


def _of_pdf(data: bytes, path: Path) -> Anchor:
    inside = pdffiles.attached(data, facts.NAME, path)
    told = facts.read(inside) if inside is not None else None
    if told is None or not told.release:
        raise QmsError("no-facts", path=path)
    subject = Subject(told.id, told.language, told.revision, told.content_digest)
    return Anchor(told.genesis, told.commit, (told.release,), (subject, told.release))
