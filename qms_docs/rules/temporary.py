"""4xx: notices and emergency instructions hold for a time, for somebody, and are ratified."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from qms_docs.judge import lifecycle, register, requirements
from qms_docs.rules.registry import rule
from qms_docs.words.findings import Finding, Place
from qms_docs.words.issues import Issue
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document, Status

_CONTROL = "ISO 9001:2015 7.5.3.2"


@rule("QMS404", "expired", basis="ISO 9001:2015 7.5.3.2 c")
def expired(manual: Manual) -> Iterator[Finding]:
    """A text whose time is over still stands in the tree.

    Why:
        Whoever finds it takes it for a rule that holds. A draft that expires before it takes
        effect can never be in force.
    Bad:
        expires: 2026-03-01T00:00:00+08:00      (two months ago)
    Good:
        git rm manual/notices/CSC-NT-01.md
    """
    for document in manual.documents:
        until = document.control.expires
        if until is None or not document.is_master or manual.as_of is None:
            continue
        if datetime.fromisoformat(until) <= manual.as_of:
            issue = lifecycle.issue_of(document, manual)
            case = "released" if issue else "draft"
            values = {"id": document.id, "date": until, "path": document.path}
            yield Finding("QMS404", document.source.place("expires"), case, values)


@rule("QMS407", "ratification-overdue", basis="ISO 9001:2015 7.5.2 c")
def ratification_overdue(manual: Manual) -> Iterator[Finding]:
    """A document that took effect by the short path has not been ratified in time.

    Why:
        In an emergency fewer people approve. Those who would have been asked say afterwards, and
        soon, that they agree; otherwise the short path becomes the usual one.
    Bad:
        An emergency instruction in force for 10 days, to be ratified within 7.
    Good:
        qms periodic-review CSC-EI-01       (by each role that must ratify)
    """
    authority, as_of = manual.released.authority, manual.as_of
    if authority is None or as_of is None:
        return
    for life in lifecycle.lives(manual.released, as_of):
        document = life.issue.document
        if document is None or not document.is_master or life.status is not Status.EFFECTIVE:
            continue
        demand = authority.demand(document.control.type, document.change.grade)
        if demand is None or not demand.ratified:
            continue
        due = life.issue.effective + timedelta(days=demand.ratify_days)
        given = _reaffirmed(manual, life.issue, as_of)
        missing = [r for r in requirements.ratifiers(authority, document) if r not in given]
        if due < as_of and missing:
            yield _unratified(manual, document, due, missing)


@rule("QMS408", "no-expiry", basis=_CONTROL, requires=("QMS104",))
def no_expiry(manual: Manual) -> Iterator[Finding]:
    """A document of a type that must expire does not say when.

    Why:
        A notice bridges a time. Without an end it becomes a rule that nobody has approved as one
        and that nobody reviews.
    Bad:
        type: notice
    Good:
        type: notice
        expires: 2027-01-31T18:00:00+08:00
    """
    for document in _temporary(manual):
        if document.control.expires is None:
            values = {"id": document.id, "type": document.control.type}
            yield Finding("QMS408", document.source.place("type"), values=values)


@rule("QMS409", "no-audience", basis="ISO 9001:2015 7.5.3.2 a", requires=("QMS104",))
def no_audience(manual: Manual) -> Iterator[Finding]:
    """A notice or an emergency instruction does not say whom it is for, or what it belongs to.

    Why:
        It must reach those who act by it, at once, and it must be clear which rule it completes.
    Bad:
        type: notice
    Good:
        type: notice
        parent: CSC-QP-12
        distribution: {roles: [CSC-RS-06], reading: read}
    """
    for document in _temporary(manual):
        values = {"id": document.id}
        if not document.control.parent:
            yield Finding("QMS409", document.source.place("id"), "parent", values)
        if not document.control.distribution.roles:
            place = document.source.place("distribution")
            if place == Place(document.path):
                place = document.source.place("id")
            yield Finding("QMS409", place, "audience", values)


def _temporary(manual: Manual) -> Iterator[Document]:
    for document in manual.documents:
        kind = manual.policy.types.get(document.control.type)
        if document.is_master and kind and kind.must_expire:
            yield document


def _reaffirmed(manual: Manual, issue: Issue, as_of: datetime) -> set[str]:
    words = manual.released.reaffirmed.get(issue.subject, ())
    return {each.role for each in words if each.landing.instant <= as_of}


def _unratified(manual: Manual, document: Document, due: datetime, missing: list[str]) -> Finding:
    there = manual.find(document.id)
    place = there.source.place("id") if there else Place(document.path)
    values = {
        "id": document.id,
        "date": register.instant(due, manual.policy),
        "roles": ", ".join(missing),
    }
    return Finding("QMS407", place, values=values)


RULES = (expired, ratification_overdue, no_expiry, no_audience)
