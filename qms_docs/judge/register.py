"""The master document register: every document, its revision, status and owner (7.5.3.2)."""

from collections.abc import Callable

from qms_docs.judge import lifecycle
from qms_docs.text.messages import label
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.tables import Cell, Column, Table

_COLUMNS = (
    ("identification", 16),
    ("title", 48),
    ("type", 20),
    ("language", 10),
    ("revision", 10),
    ("status", 12),
    ("owner", 30),
    ("effective", 18),
    ("review-every", 16),
    ("classification", 16),
    ("file", 40),
)


def documents(
    manual: Manual, language: str, link: Callable[[Document], str | None] = lambda _: None
) -> Table:
    """Return the register in a language, one row for each language of each document.

    `link` says where a reader finds a document, for the HTML form.
    """
    return Table(
        title=label("master-register", language),
        subtitle=manual.policy.in_language(manual.policy.organisation, language),
        language=language,
        columns=tuple(Column(key, label(key, language), width) for key, width in _COLUMNS),
        rows=tuple(_row(manual, document, language, link) for document in manual.documents),
    )


def _row(
    manual: Manual, document: Document, language: str, link: Callable[[Document], str | None]
) -> tuple[Cell, ...]:
    control, policy = document.control, manual.policy
    kind = policy.types.get(control.type)
    classification = policy.classifications.get(control.classification)
    address = link(document)
    return (
        Cell(document.id, address),
        Cell(document.title, address),
        Cell(policy.in_language(kind.name, language) if kind else control.type),
        Cell(document.language),
        Cell(str(document.revision)),
        Cell(status_name(document, manual, language)),
        Cell(role_name(manual, control.owner, language)),
        Cell(effective(document, language)),
        Cell(label("months", language, count=control.review_months)),
        Cell(policy.in_language(classification, language) if classification else "–"),
        Cell(document.path),
    )


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
