"""4xx: what is in force is looked after to its end (ISO 9001:2015, 7.5.2 c and 7.5.3.2)."""

from collections.abc import Iterator

from qms_docs.judge import lifecycle, register, reviews, usage
from qms_docs.judge.lifecycle import Life
from qms_docs.judge.reviews import Review
from qms_docs.rules.registry import rule
from qms_docs.words.evidence import Meaning
from qms_docs.words.findings import Finding, Place, Severity
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document, Status

_REVIEW = "ISO 9001:2015 7.5.2 c"
_CONTROL = "ISO 9001:2015 7.5.3.2"


@rule("QMS401", "review-overdue", basis=_REVIEW)
def review_overdue(manual: Manual) -> Iterator[Finding]:
    """A document in force should have been reviewed by now.

    Why:
        What nobody looks at any more slowly becomes wrong. The owner says at intervals that a
        document still holds, revises it or withdraws it.
    Bad:
        review_months: 12   (in force since 14 months, never reaffirmed)
    Good:
        qms periodic-review CSC-QP-12
    """
    for review in _reviews(manual):
        if review.overdue:
            yield _review(manual, "QMS401", review)


@rule("QMS402", "review-due-soon", basis=_REVIEW, severity=Severity.WARNING)
def review_due_soon(manual: Manual) -> Iterator[Finding]:
    """A document in force must be reviewed within the next 60 days.

    Why:
        A review needs time: whoever is told on the last day can only be late.
    Bad:
        review_months: 12   (in force since 11 months)
    Good:
        qms periodic-review CSC-QP-12
    """
    for review in _reviews(manual):
        if review.soon and not review.overdue:
            yield _review(manual, "QMS402", review)


@rule("QMS403", "obsolete-reference", basis="ISO 9001:2015 7.5.3.1 a")
def obsolete_reference(manual: Manual) -> Iterator[Finding]:
    """A document refers to one that is superseded, withdrawn or expired.

    Why:
        Readers are sent to a rule that no longer holds, or find nothing. When a document ends,
        those that refer to it are revised.
    Bad:
        … as CSC-QP-09 says …     (withdrawn)
    Good:
        … as CSC-QP-12 says …
    """
    if not manual.released.issues:
        return
    replacing = _replacing(manual)
    for identification, places in usage.of_identifications(manual).items():
        life = lifecycle.fate(manual, identification)
        if life is None:
            continue
        for place in places:
            if place not in replacing and not _is_obsolete(manual, place):
                yield _obsolete(manual, life, place)


@rule("QMS405", "file-gone", basis=_CONTROL)
def file_gone(manual: Manual) -> Iterator[Finding]:
    """A document is in force, or will be, and has no file in the tree.

    Why:
        Deleting a file withdraws nothing: what was released stays in force and goes on being
        published. And nobody can revise what is not there.
    Bad:
        git rm procedures/CSC-QP-12.md
    Good:
        qms withdraw CSC-QP-12
    """
    typed = ((each.identification, str(each.metadata.get("language"))) for each in manual.sources)
    there = set(typed)
    for entry in register.entries(manual):
        document = entry.document
        lasting = entry.status in (Status.EFFECTIVE, Status.RELEASED)
        unread = document.path in manual.by_path and not manual.by_path[document.path].metadata
        if lasting and not unread and (document.id, document.language) not in there:
            values = {"id": document.id, "language": document.language}
            yield Finding("QMS405", Place(document.path), values=values)


@rule("QMS406", "reused-identification", basis="ISO 9001:2015 7.5.2 a")
def reused_identification(manual: Manual) -> Iterator[Finding]:
    """An identification that was withdrawn is used again by another text.

    Why:
        Records, forms and old prints name documents by their identification. It must mean one
        document for ever; a release of it is refused.
    Bad:
        id: CSC-QP-09       (withdrawn last year)
    Good:
        id: CSC-QP-13       (the next free number, as `qms new` finds it)
    """
    for document in manual.documents:
        withdrawn = _withdrawn(manual, document)
        if withdrawn and lifecycle.issue_of(document, manual) is None:
            values = {"id": document.id, "date": withdrawn}
            yield Finding("QMS406", document.source.place("id"), values=values)


def _reviews(manual: Manual) -> Iterator[Review]:
    if manual.as_of is not None:
        yield from reviews.reviews(manual.released, manual.policy.master, manual.as_of)


def _review(manual: Manual, code: str, review: Review) -> Finding:
    document = manual.find(review.document.id)
    place = document.source.place("review_months") if document else Place(review.document.path)
    values = {
        "id": review.document.id,
        "date": f"{review.due:%Y-%m-%d}",
        "owner": register.role_name(manual, review.document.control.owner, manual.policy.master),
    }
    return Finding(code, place, values=values)


def _replacing(manual: Manual) -> set[Place]:
    """Return where documents say what they supersede: there an obsolete one is meant."""
    return {
        document.source.place("supersedes", number)
        for document in manual.documents
        for number in range(len(document.control.supersedes) if document.is_master else 0)
    }


def _is_obsolete(manual: Manual, place: Place) -> bool:
    """Tell whether a place stands in a text that is itself obsolete."""
    source = manual.by_path.get(place.path)
    named = source.identification if source else None
    return named is not None and lifecycle.fate(manual, named) is not None


def _obsolete(manual: Manual, life: Life, place: Place) -> Finding:
    subject = life.issue.subject
    values = {"id": subject.id, "date": register.instant(life.until, manual.policy)}
    if life.status is Status.SUPERSEDED:
        others = (
            each.subject.id
            for each in manual.released.superseding.get(subject.id, ())
            if each.effective == life.until
        )
        values["other"] = next(others, subject.id)
    return Finding("QMS403", place, str(life.status), values)


def _withdrawn(manual: Manual, document: Document) -> str:
    """Return since when the identification of a document is withdrawn; empty if it is not."""
    for issue in manual.released.issues.get(document.id, ()):
        for verdict in manual.released.verdicts.get(issue.subject, ()):
            known = manual.as_of is not None and verdict.landing.instant <= manual.as_of
            if verdict.meaning is Meaning.WITHDRAW and known:
                return register.instant(verdict.landing.instant, manual.policy)
    return ""


RULES = (
    review_overdue,
    review_due_soon,
    obsolete_reference,
    file_gone,
    reused_identification,
)
