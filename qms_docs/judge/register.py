"""The master document register: every document, its revision, status and owner (7.5.3.2).

It follows from the releases; a draft stands in it as what it is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from qms_docs.judge import disclosure, lifecycle
from qms_docs.judge.lifecycle import Life
from qms_docs.text.messages import label
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document, Status
from qms_docs.words.policy import Policy
from qms_docs.words.tables import Cell, Column, Table

_COLUMNS = (
    ("identification", 16),
    ("title", 48),
    ("type", 20),
    ("language", 10),
    ("revision", 10),
    ("status", 12),
    ("in-force-from", 24),
    ("until", 24),
    ("owner", 30),
    ("effective", 18),
    ("review-every", 16),
    ("classification", 16),
    ("file", 40),
)


@dataclass(frozen=True)
class Entry:
    """One revision of one text, as the register lists it."""

    document: Document
    status: Status
    begin: datetime | None = None
    """From when it is or was in force; None for a draft."""
    until: datetime | None = None


def entries(manual: Manual) -> list[Entry]:
    """Return what the register lists, by identification, the master first.

    Of each text that is what is in force and what is released ahead; where there is neither, the
    revision that was last in force; and the draft in the tree, if that text is not released.
    """
    found = [*_released(manual), *_drafts(manual)]
    return sorted(found, key=_order)


def _order(entry: Entry) -> tuple[str, bool, str, int]:
    document = entry.document
    return document.id, not document.is_master, document.language, document.revision


def _released(manual: Manual) -> Iterator[Entry]:
    if manual.as_of is None:
        return
    texts: dict[tuple[str, str], list[Life]] = defaultdict(list)
    for life in disclosure.lives(manual):
        texts[life.issue.subject.id, life.issue.subject.language].append(life)
    standing = {
        issue.subject: document
        for document in manual.documents
        if (issue := lifecycle.issue_of(document, manual))
    }
    for lives in texts.values():
        valid = [each for each in lives if each.status in _VALID]
        for life in valid or lives[-1:]:
            issue = life.issue
            document = standing.get(issue.subject) or issue.document
            assert document is not None
            yield Entry(document, life.status, issue.effective, life.until)


_VALID = (Status.EFFECTIVE, Status.RELEASED)


def _drafts(manual: Manual) -> Iterator[Entry]:
    """Yield the texts of the tree that are not released as they stand."""
    for document in manual.documents:
        in_tree = document.path in manual.by_path
        if in_tree and lifecycle.issue_of(document, manual) is None:
            yield Entry(document, Status.DRAFT)


def documents(
    manual: Manual, language: str, link: Callable[[Document], str | None] = lambda _: None
) -> Table:
    """Return the register in a language, one row for each revision of a text that it lists.

    `link` says where a reader finds a document, for the HTML form.
    """
    return _table("master-register", entries(manual), manual, language, link)


def obsolete(
    manual: Manual, language: str, link: Callable[[Document], str | None] = lambda _: None
) -> Table:
    """Return every revision that was in force or released and no longer is (7.5.3.2)."""
    return _table("obsolete-documents", sorted(_ended(manual), key=_order), manual, language, link)


def _ended(manual: Manual) -> Iterator[Entry]:
    if manual.as_of is not None:
        for life in disclosure.lives(manual):
            if life.status not in _VALID and life.issue.document:
                yield Entry(life.issue.document, life.status, life.issue.effective, life.until)


def _table(
    title: str,
    shown: Iterable[Entry],
    manual: Manual,
    language: str,
    link: Callable[[Document], str | None],
) -> Table:
    return Table(
        title=label(title, language),
        subtitle=manual.policy.in_language(manual.policy.organisation, language),
        language=language,
        columns=tuple(Column(key, label(key, language), width) for key, width in _COLUMNS),
        rows=tuple(_row(manual, entry, language, link) for entry in shown),
    )


def _row(
    manual: Manual, entry: Entry, language: str, link: Callable[[Document], str | None]
) -> tuple[Cell, ...]:
    document, policy = entry.document, manual.policy
    control = document.control
    kind = policy.types.get(control.type)
    classification = policy.classifications.get(control.classification)
    address = link(document)
    return (
        Cell(document.id, address),
        Cell(document.title, address),
        Cell(policy.in_language(kind.name, language) if kind else control.type),
        Cell(document.language),
        Cell(str(document.revision)),
        Cell(label(f"status-{entry.status}", language)),
        Cell(instant(entry.begin, policy)),
        Cell(instant(entry.until, policy)),
        Cell(role_name(manual, control.owner, language)),
        Cell(effective(document, language)),
        Cell(label("months", language, count=control.review_months)),
        Cell(policy.in_language(classification, language) if classification else "–"),
        Cell(document.path),
    )


def instant(when: datetime | None, policy: Policy) -> str:
    """Return an instant as people of the manual's time zone write it; a dash for none."""
    if when is None:
        return "–"
    return when.astimezone(ZoneInfo(policy.time_zone)).isoformat(" ", "minutes")


def status_name(document: Document, manual: Manual, language: str) -> str:
    """Return the status of a document in words."""
    return label(f"status-{lifecycle.status(document, manual)}", language)


def role_name(manual: Manual, role: str, language: str) -> str:
    """Return the identification of a role with the title of its role sheet."""
    sheet = manual.find(role, language) or manual.find(role)
    return f"{role} {sheet.title}" if sheet else role


def effective(document: Document, language: str) -> str:
    """Return when a document takes effect, in words."""
    declared = document.control.effective
    if declared == "on-release":
        return label("after-release", language)
    if declared.startswith("+"):
        days = declared.removeprefix("+").split()[0]
        return label("after-release-days", language, days=label("days", language, count=days))
    return declared
