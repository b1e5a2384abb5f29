"""The one place that answers which status a revision has, and what is in force at an instant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from qms_docs.words.evidence import Meaning
from qms_docs.words.issues import Issue, Released
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document, Status


@dataclass(frozen=True)
class Life:
    """One revision at one instant."""

    issue: Issue
    status: Status
    until: datetime | None
    """When it ends or has ended, as far as is known; None while nothing says so."""
    ended_by: Status | None = None
    """Superseded, withdrawn or expired."""


def status(document: Document, manual: Manual) -> Status:
    """Return the status of a document of a manual, whatever anybody has typed.

    Exactly the content that was released has the status of its release; one changed byte makes a
    draft of it.
    """
    issue = issue_of(document, manual)
    if issue is None or manual.as_of is None:
        return Status.DRAFT
    return life(issue, manual.released, manual.as_of).status


def issue_of(document: Document, manual: Manual) -> Issue | None:
    """Return the release of exactly this text; None if there is none (yet)."""
    wanted = (document.language, document.revision, manual.contents.get(document.path))
    for issue in manual.released.issues.get(document.id, ()):
        found = issue.subject
        if (found.language, found.revision, found.content) == wanted:
            known = manual.as_of is not None and issue.landing.instant <= manual.as_of
            return issue if known else None
    return None


def newest(manual: Manual, identification: str, language: str) -> Issue | None:
    """Return the newest released revision of a text, as known at the instant asked for."""
    as_of = manual.as_of
    found = [
        issue
        for issue in manual.released.issues.get(identification, ())
        if as_of and issue.subject.language == language and issue.landing.instant <= as_of
    ]
    return found[-1] if found else None


def life(issue: Issue, released: Released, as_of: datetime) -> Life:
    """Return the status of a released revision at an instant, as known at that instant."""
    until, ended_by = min(
        _ends(issue, released, as_of), key=lambda end: end[0], default=(None, None)
    )
    if until is not None and until <= as_of:
        return Life(issue, ended_by or Status.SUPERSEDED, until, ended_by)
    begun = issue.effective <= as_of
    return Life(issue, Status.EFFECTIVE if begun else Status.RELEASED, until, ended_by)


def fate(manual: Manual, identification: str) -> Life | None:
    """Return how a document came to an end, if nothing of it is in force or will be."""
    as_of = manual.as_of
    lives = [
        life(issue, manual.released, as_of)
        for issue in manual.released.issues.get(identification, ())
        if as_of
        and issue.document
        and issue.subject.language == manual.policy.master
        and issue.landing.instant <= as_of
    ]
    if any(each.status in (Status.EFFECTIVE, Status.RELEASED) for each in lives):
        return None
    return lives[-1] if lives else None


def in_force(
    released: Released, identification: str, language: str, as_of: datetime
) -> Issue | None:
    """Return the revision of a text that is in force at an instant; None if there is none."""
    found = (
        issue
        for issue in reversed(released.issues.get(identification, ()))
        if issue.subject.language == language
        and issue.landing.instant <= as_of
        and life(issue, released, as_of).status is Status.EFFECTIVE
    )
    return next(found, None)


def lives(released: Released, as_of: datetime) -> Iterator[Life]:
    """Yield every released revision with its status at an instant, as known at that instant."""
    for issue in released.all():
        if issue.landing.instant <= as_of:
            yield life(issue, released, as_of)


def _ends(issue: Issue, released: Released, as_of: datetime) -> Iterator[tuple[datetime, Status]]:
    """Yield everything that ends a revision, as known at an instant."""
    subject, document = issue.subject, issue.document
    for later in released.issues[subject.id]:
        if later.subject.revision > subject.revision and later.landing.instant <= as_of:
            yield later.effective, Status.SUPERSEDED
    for other in released.superseding.get(subject.id, ()):
        if other.subject.id != subject.id and other.landing.instant <= as_of:
            yield other.effective, Status.SUPERSEDED
    for each in released.issues[subject.id]:
        for verdict in released.verdicts.get(each.subject, ()):
            if verdict.meaning is Meaning.WITHDRAW and verdict.landing.instant <= as_of:
                yield verdict.landing.instant, Status.WITHDRAWN
    if document and document.control.expires:
        yield datetime.fromisoformat(document.control.expires), Status.EXPIRED
