"""Periodic review: what is due, worksheets for owners, and what they have decided."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path

from qms_docs import check
from qms_docs.edges import store
from qms_docs.edges.git import Repository
from qms_docs.judge import lifecycle, reviews, statements
from qms_docs.judge.reviews import Review
from qms_docs.show import reviews as pages
from qms_docs.show import tables
from qms_docs.text import worksheets
from qms_docs.text.worksheets import Row
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Meaning
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.tables import Table
from qms_docs.work import decide, history, signing, workspace
from qms_docs.work.asked import Asked
from qms_docs.work.decide import Case

_SIGNED = ("reaffirm", "withdraw")
_FORMATS = {"csv": tables.as_csv, "html": tables.as_html}


@dataclass(frozen=True)
class Agenda:
    """Every document in force with its review, and what stands in the work tree."""

    reviews: tuple[Review, ...]
    """The earliest due first."""
    manual: Manual
    zone: tzinfo

    def of(self, ids: Iterable[str]) -> "Agenda":
        """Return what there is to say of some documents; raises QmsError if one is not in force."""
        known = {each.document.id: each for each in self.reviews}
        for name in ids:
            if name not in known:
                raise QmsError("not-in-force", id=name)
        return Agenda(tuple(known[name] for name in dict.fromkeys(ids)), self.manual, self.zone)

    @property
    def due(self) -> "Agenda":
        """What is overdue or due soon."""
        return Agenda(tuple(each for each in self.reviews if each.soon), self.manual, self.zone)

    @property
    def overdue(self) -> bool:
        """Tell whether anything is overdue."""
        return any(each.overdue for each in self.reviews)

    def table(self, language: str) -> Table:
        """Return it as a table."""
        return pages.overview(self.reviews, self.manual, self.zone, language)

    @cached_property
    def owned(self) -> Mapping[str, tuple[Review, ...]]:
        """Role of an owner → the reviews of what it owns."""
        found: dict[str, list[Review]] = defaultdict(list)
        for each in self.reviews:
            found[each.document.control.owner].append(each)
        return {owner: tuple(found[owner]) for owner in sorted(found)}


def agenda(repository: Repository, now: datetime) -> Agenda:
    """Return what is in force now and when it must be reviewed; raises QmsError."""
    ledger = signing.begun(history.ledger(repository))
    assert ledger.rules is not None
    state = history.state_of(ledger, repository, max(now, ledger.tip.instant))
    assert state.as_of is not None
    manual = workspace.load(repository.work_tree(), state=state)
    found = reviews.reviews(state.released, ledger.rules.policy.master, state.as_of)
    return Agenda(tuple(found), manual, ledger.rules.zone)


def campaign(asked: Agenda, owner: str | None, folder: Path, language: str) -> tuple[Path, ...]:
    """Write a worksheet for each owner, for a spreadsheet and for print; return the files.

    Raises QmsError if the owner has nothing in force, or if a worksheet is there already: what
    somebody has filled in is not written over.
    """
    owners = asked.owned if owner is None else {owner: asked.owned.get(owner, ())}
    if not all(owners.values()):
        raise QmsError("owns-nothing", role=owner)
    problems, drafts = _problems(asked.manual), _drafts(asked)
    files: dict[Path, bytes] = {}
    for role, found in owners.items():
        table = pages.worksheet(found, asked.manual, asked.zone, problems, drafts, language)
        for kind, render in _FORMATS.items():
            files[folder / f"{role}.{kind}"] = render(table)
    for file in files:
        if file.exists():
            raise QmsError("already-there", path=file)
    for file, data in files.items():
        store.create_file(file, data)
    return tuple(files)


def _problems(manual: Manual) -> Mapping[str, list[Finding]]:
    """Return what a check of the work tree finds in each document, in all its languages."""
    names = {source.path: source.identification for source in manual.sources}
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in check.run(manual).findings:
        name = names.get(finding.place.path)
        if name:
            found[name].append(finding)
    return found


def _drafts(asked: Agenda) -> Mapping[str, Document]:
    """Return the documents whose text in the work tree is another than the one in force."""
    found = {}
    for each in asked.reviews:
        document = asked.manual.find(each.document.id)
        if document and lifecycle.issue_of(document, asked.manual) is not each.issue:
            found[document.id] = document
    return found


@dataclass(frozen=True)
class Outcome:
    """What came of a review."""

    files: tuple[Path, ...] = ()
    signed: Mapping[str, str] = field(default_factory=dict)
    """Identification → verdict, for what the person has signed."""
    revise: tuple[str, ...] = ()
    """Documents that shall be revised: that is done, not signed."""
    withdraw: tuple[str, ...] = ()
    """Documents that shall be withdrawn, which others than their owner must sign."""
    open: tuple[str, ...] = ()
    """Documents without a verdict."""


def decided(case: Case, said: Mapping[str, tuple[str, str]], asked: Asked) -> Outcome:
    """Sign verdicts on documents in force (identification → verdict and comment), in one record.

    Raises QmsError if a verdict would not count; then nothing is written.
    """
    acts = {
        name: (Meaning(verdict), comment)
        for name, (verdict, comment) in said.items()
        if verdict in _SIGNED
    }
    return Outcome(
        files=decide.on_release(case, acts, asked) if acts else (),
        signed={name: str(meaning) for name, (meaning, _) in acts.items()},
        revise=_with(said, "revise"),
        open=_with(said, ""),
    )


def worksheet(case: Case, file: Path, asked: Asked) -> Outcome:
    """Sign what a worksheet says, filled in by the owner of its documents.

    Where an owner cannot withdraw a document alone, that is left to those who can. Raises QmsError
    if it cannot be read, or if something else is in force than it was made for.
    """
    rows = worksheets.read(store.read_file(file), str(file))
    others = tuple(row.id for row in rows if row.verdict and _is_for_others(case, row))
    said = {row.id: (row.verdict, row.comment) for row in rows if row.id not in others}
    return replace(decided(case, said, asked), withdraw=others)


def _is_for_others(case: Case, row: Row) -> bool:
    """Tell whether a document shall be withdrawn, and its owner is not among those who must sign.

    Raises QmsError if the document is no longer what the worksheet was made for.
    """
    issue = decide.in_force(case, row.id)
    subject, document = issue.subject, issue.document
    if subject.revision != row.revision or not subject.content.startswith(row.content):
        raise QmsError("worksheet-stale", id=row.id, revision=subject.revision)
    assert document is not None
    roles = statements.roles_for(Meaning.WITHDRAW, case.standing.rules, issue)
    return row.verdict == "withdraw" and document.control.owner not in roles


def _with(said: Mapping[str, tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(name for name, (verdict, _) in said.items() if verdict == wanted)
