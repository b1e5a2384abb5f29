"""Controlled copies: handed out with a number, taken in again, and which ones must come back."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from qms_docs.edges import shelf, stamps, store
from qms_docs.edges.git import Repository
from qms_docs.edges.journal import FileWrite
from qms_docs.judge import copies, lifecycle
from qms_docs.judge.effect import instant_of
from qms_docs.judge.ledger import Ledger
from qms_docs.show.copies import stamp
from qms_docs.text import characters, glyphs, records
from qms_docs.words.authority import Authority
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Copy, CopyEvent, CopyItem
from qms_docs.words.issues import Issue
from qms_docs.words.model import Status
from qms_docs.work import history, signing
from qms_docs.work.asked import Asked

WIDEST = 60
"""Columns of a holder's name: the stamp is one line. A Chinese character takes two."""


@dataclass(frozen=True)
class Order:
    """What somebody wants to hand out."""

    id: str
    language: str | None
    """None for the manual's own."""
    holders: tuple[str, ...]
    until: date | None
    purpose: str
    publication: Path
    output: Path


@dataclass(frozen=True)
class Handed:
    """What was written."""

    records: tuple[Path, ...]
    pdfs: tuple[Path, ...]


def issue(repository: Repository, order: Order, asked: Asked) -> Handed:
    """Stamp what is in force for each holder, and record it: all of it or nothing.

    Raises QmsError if the person may not, if the publication does not hold the text that is in
    force, or if a holder cannot be named so.
    """
    ledger = signing.begun(history.ledger(repository))
    assert ledger.rules is not None
    who, role = _hand(ledger, asked)
    _refuse_unfit(order.holders, ledger.rules.authority)
    text = _in_force(ledger, order, asked.now)
    master = _published(order.publication, ledger, text, asked.now)
    until = _until(order.until, ledger, asked.now)
    first = _next_number(repository, ledger, order.id)
    folder = _inside(repository, order.output)
    items, pdfs = [], []
    for number, holder in enumerate(order.holders, start=first):
        tag = text.subject.language
        html = stamp(number, holder, asked.now, until, ledger.rules.policy, tag)
        data = stamps.numbered(master, html)
        items.append(CopyItem(number, text.subject, holder, hashlib.sha256(data).hexdigest()))
        name = f"{order.id}.{tag}.r{text.subject.revision}.copy-{number}.pdf"
        pdfs.append(FileWrite(f"{folder}/{name}", data))
    expiry = until.isoformat(timespec="seconds") if until else ""
    body = Copy(CopyEvent.ISSUED, order.id, tuple(items), expiry, order.purpose)
    files = signing.write(
        repository, ledger.genesis, who, role, body, asked.on_behalf_of, beside=pdfs
    )
    return Handed(files, tuple(repository.root / each.path for each in pdfs))


def happened(
    repository: Repository, event: CopyEvent, name: str, numbers: Iterable[int], asked: Asked
) -> tuple[Path, ...]:
    """Record what became of copies; raises QmsError if one of them is not out."""
    ledger = signing.begun(history.ledger(repository))
    who, role = _hand(ledger, asked)
    known = {copy.number: copy for copy in ledger.released().copies.get(name, ())}
    items = []
    for number in dict.fromkeys(numbers):
        if number not in known:
            raise QmsError("no-copy", id=name, number=number)
        if not copies.may_follow(event, known[number]):
            raise QmsError("copy-not-out", id=name, number=number)
        items.append(CopyItem(number, issue=known[number].issue.record))
    body = Copy(event, name, tuple(items))
    return signing.write(repository, ledger.genesis, who, role, body, asked.on_behalf_of)


def holders(path: Path) -> tuple[str, ...]:
    """Return the holders that a file names, one a line; raises QmsError if it names none.

    Empty lines, and lines that begin with `#`, are for people.
    """
    try:
        lines = store.read_file(path).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise QmsError("no-holders", path=path) from error
    named = [" ".join(line.split()) for line in lines]
    found = tuple(line for line in named if line and not line.startswith("#"))
    if not found:
        raise QmsError("no-holders", path=path)
    return found


def _hand(ledger: Ledger, asked: Asked) -> tuple[signing.Hand, str]:
    """Return who signs, and in which role; raises QmsError if they may not hand out copies."""
    assert ledger.rules is not None
    authority = ledger.rules.authority
    return signing.acting(authority, asked, authority.issuers, "issuer")


def _refuse_unfit(named: tuple[str, ...], authority: Authority) -> None:
    """Raise QmsError if a holder is a person, stands there twice, or does not fit on a page."""
    people = {name for person in authority.people.values() for name in person.name.values()}
    for holder in named:
        wide = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in holder)
        if named.count(holder) > 1:
            raise QmsError("holder-twice", holder=holder)
        if "@" in holder or any(name in holder for name in people):
            raise QmsError("holder-person", holder=holder)
        if wide > WIDEST or glyphs.missing(holder) or any(characters.check(holder, "")):
            raise QmsError("holder-unfit", holder=holder)


def _in_force(ledger: Ledger, order: Order, now: datetime) -> Issue:
    assert ledger.rules is not None
    language = order.language or ledger.rules.policy.master
    found = lifecycle.in_force(ledger.released(), order.id, language, now)
    if found is None or found.document is None:
        raise QmsError("not-in-force", id=order.id)
    return found


def _published(folder: Path, ledger: Ledger, text: Issue, now: datetime) -> bytes:
    """Return the PDF of a text in force, as its publication's manifest names it."""
    edition = shelf.edition(folder)
    if edition.manifest.genesis == ledger.genesis:
        for each in edition.manifest.texts:
            is_meant = (each.subject, each.release) == (text.subject, text.release)
            is_plain = each.build.sha256 == each.master  # no mark stands across its pages
            if is_meant and is_plain and each.status_at(now) is Status.EFFECTIVE:
                data = edition.build(each)  # a stamp would break a signature
                if data is None:
                    raise QmsError("publication-altered", path=folder / each.file.name)
                return data
    raise QmsError("publication-behind", id=text.subject.id, path=folder)


def _until(when: date | None, ledger: Ledger, now: datetime) -> datetime | None:
    """Return when copies expire, in the manual's time zone; raises QmsError for what is past."""
    if when is None:
        return None
    assert ledger.rules is not None
    until = instant_of(when, ledger.rules.zone).astimezone(ledger.rules.zone).replace(microsecond=0)
    if until <= now:
        raise QmsError("past-expiry", date=until.isoformat(sep=" ", timespec="minutes"))
    return until


def _next_number(repository: Repository, ledger: Ledger, name: str) -> int:
    """Return the number after those on main and those that wait in the work tree."""
    used = {copy.number for copy in ledger.released().copies.get(name, ())}
    used |= {
        item.number
        for body in signing.waiting(repository, ledger, records.COPIES)
        if isinstance(body, Copy) and (body.event, body.id) == (CopyEvent.ISSUED, name)
        for item in body.copies
    }
    return max(used, default=0) + 1


def _inside(repository: Repository, folder: Path) -> str:
    """Return a folder as seen from the top of the work tree: only there is all written or none."""
    try:
        return folder.resolve().relative_to(repository.root.resolve()).as_posix()
    except ValueError as error:
        raise QmsError("leads-outside", path=folder) from error
