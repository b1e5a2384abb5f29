"""When a document in force must be reviewed again: the one place that says so (9001, 7.5.2 c)."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta, tzinfo

from qms_docs.judge import lifecycle
from qms_docs.words.evidence import Meaning
from qms_docs.words.issues import Issue, Released
from qms_docs.words.model import Document

SOON = timedelta(days=60)
"""How long before its day a review is told to be due."""


@dataclass(frozen=True)
class Review:
    """A document in force, when it was last looked at, and when it must be again."""

    issue: Issue
    """The master that is in force."""
    document: Document
    reaffirmed: bool
    """Whether the last look confirmed the revision; else it was its release."""
    last: datetime
    due: datetime
    as_of: datetime

    @property
    def overdue(self) -> bool:
        """Tell whether the day has passed."""
        return self.due < self.as_of

    @property
    def soon(self) -> bool:
        """Tell whether the day has passed or is near."""
        return self.due - SOON < self.as_of

    @property
    def age(self) -> int:
        """Days since the last look."""
        return (self.as_of - self.last).days


def due(issue: Issue, released: Released, as_of: datetime | None = None) -> datetime:
    """Return the last moment of the day by which a released document must be reviewed again.

    Calendar months are counted in the manual's time zone from when the revision took effect or
    was last reaffirmed, whichever is later. With `as_of`, what landed later is not known.
    """
    assert issue.document is not None
    day = last(issue, released, as_of).astimezone(released.zone).date()
    return _end_of(after_months(day, issue.document.control.review_months), released.zone)


def last(issue: Issue, released: Released, as_of: datetime | None = None) -> datetime:
    """Return when a revision took effect or was last reaffirmed, in whatever language."""
    return max((issue.effective, *_reaffirmed(issue, released, as_of)))


def after_months(day: date, months: int) -> date:
    """Return the same day some calendar months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year >= MAXYEAR:  # what a hostile date asks for; its last day would overflow elsewhere
        return date(MAXYEAR, 1, 1)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def reviews(released: Released, master: str, as_of: datetime) -> Iterator[Review]:
    """Yield the documents in force, in the language of the masters, the earliest due first."""
    found = (lifecycle.in_force(released, name, master, as_of) for name in released.issues)
    yield from sorted(
        (of(issue, released, as_of) for issue in found if issue and issue.document),
        key=lambda each: (each.due, each.document.id),
    )


def of(issue: Issue, released: Released, as_of: datetime) -> Review:
    """Return the review of a document in force."""
    assert issue.document is not None
    return Review(
        issue=issue,
        document=issue.document,
        reaffirmed=any(_reaffirmed(issue, released, as_of)),
        last=last(issue, released, as_of),
        due=due(issue, released, as_of),
        as_of=as_of,
    )


def _reaffirmed(issue: Issue, released: Released, as_of: datetime | None) -> Iterator[datetime]:
    for other in released.issues.get(issue.subject.id, ()):
        if other.subject.revision == issue.subject.revision:
            for each in released.verdicts.get(other.subject, ()):
                known = as_of is None or each.landing.instant <= as_of
                if each.meaning is Meaning.REAFFIRM and known:
                    yield each.landing.instant


def _end_of(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(23, 59, 59), zone)
