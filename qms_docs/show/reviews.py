"""Periodic review as tables: what is due, and a worksheet for the owner of documents."""

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo

from qms_docs.judge import register
from qms_docs.judge.reviews import Review
from qms_docs.text import messages, worksheets
from qms_docs.text.messages import label
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.tables import Cell, Column, Table

_LIST = (
    ("identification", 16),
    ("title", 48),
    ("owner", 30),
    ("revision", 10),
    ("last-verdict", 26),
    ("review-due", 14),
    ("review-standing", 14),
    ("age-days", 10),
)
_SHEET = (
    ("identification", 16),
    ("revision", 10),
    ("title", 40),
    ("in-force-from", 14),
    ("last-verdict", 26),
    ("review-due", 14),
    ("age-days", 10),
    ("sheet-findings", 40),
    ("sheet-open-change", 40),
    ("sheet-content", 26),
    ("sheet-verdict", 14),
    ("sheet-comment", 40),
)


def overview(found: Iterable[Review], manual: Manual, zone: tzinfo, language: str) -> Table:
    """Return when documents are to be reviewed, the earliest first."""
    rows = (
        {**_facts(each, zone, language), "owner": _owner(each, manual, language)} for each in found
    )
    return _table(label("periodic-review", language), _LIST, rows, manual, language)


def worksheet(
    found: Iterable[Review],
    manual: Manual,
    zone: tzinfo,
    problems: Mapping[str, Iterable[Finding]],
    drafts: Mapping[str, Document],
    language: str,
) -> Table:
    """Return the worksheet of one owner: facts, and two columns to be filled in.

    `problems` are the findings and `drafts` the open changes of documents, by identification.
    """
    found = tuple(found)
    rows = []
    for each in found:
        name, subject = each.document.id, each.issue.subject
        sentences = (messages.of_finding(one, language)[0] for one in problems.get(name, ()))
        draft = drafts.get(name)
        rows.append(
            {
                **_facts(each, zone, language),
                "in-force-from": _day(each.issue.effective, zone),
                "sheet-findings": "\n".join(sentences) or label("none", language),
                "sheet-open-change": _change(draft, language),
                "sheet-content": f"{worksheets.CONTENT}{subject.content[: worksheets.DIGITS]}",
                "sheet-verdict": "",
                "sheet-comment": "",
            }
        )
    owner = _owner(found[0], manual, language) if found else ""
    title = f"{label('periodic-review', language)}{label('colon', language)}{owner}"
    return _table(title, _SHEET, rows, manual, language)


def _facts(review: Review, zone: tzinfo, language: str) -> dict[str, str]:
    standing = "overdue" if review.overdue else "soon" if review.soon else "later"
    last = "reaffirm" if review.reaffirmed else "released"
    return {
        "identification": review.document.id,
        "title": review.document.title,
        "revision": str(review.document.revision),
        "last-verdict": f"{_day(review.last, zone)} {label(f'last-{last}', language)}",
        "review-due": _day(review.due, zone),
        "review-standing": label(f"review-{standing}", language),
        "age-days": str(review.age),
    }


def _owner(review: Review, manual: Manual, language: str) -> str:
    return register.role_name(manual, review.document.control.owner, language)


def _change(draft: Document | None, language: str) -> str:
    if draft is None:
        return label("none", language)
    return f"{label('revision', language)} {draft.revision}: {draft.change.summary}"


def _day(instant: datetime, zone: tzinfo) -> str:
    return instant.astimezone(zone).date().isoformat()


def _table(
    title: str,
    columns: Iterable[tuple[str, int]],
    rows: Iterable[Mapping[str, str]],
    manual: Manual,
    language: str,
) -> Table:
    columns = tuple(columns)
    return Table(
        title=title,
        subtitle=manual.policy.in_language(manual.policy.organisation, language),
        language=language,
        columns=tuple(Column(key, label(key, language), width) for key, width in columns),
        rows=tuple(tuple(Cell(row[key]) for key, _ in columns) for row in rows),
    )
