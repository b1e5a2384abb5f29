"""What a role has to know of the manual, as one card: derived from the documents, never typed."""

import posixpath
from collections.abc import Iterable, Iterator

from qms_docs.text import markdown
from qms_docs.text.messages import label
from qms_docs.words.extracts import Act, Card, Cited, Duty, Form, Target
from qms_docs.words.manual import Manual
from qms_docs.words.model import Cell, Document
from qms_docs.words.rows import Kind, Row, rows_of

_NONE = frozenset(("", "–", "-", "—"))
"""What stands in a cell in which there is nothing to say."""


def card(manual: Manual, role: str, language: str) -> Card:
    """Return the card of a role, from the texts of a language, or the masters' where there is none.

    The manual holds what is in force, and nothing else.
    """
    sheet = _text(manual, role, language)
    assert sheet is not None
    texts = [text for name in _names(manual) if (text := _text(manual, name, language))]
    duties = tuple(_duties(texts, role, manual))
    return Card(
        role=_cited(sheet),
        duties=duties,
        reading=tuple(_reading(texts, role)),
        targets=tuple(_targets(sheet, manual)),
        forms=tuple(_forms(duties, role, manual, language)),
    )


def _names(manual: Manual) -> list[str]:
    return list(dict.fromkeys(document.id for document in manual.documents))


def _text(manual: Manual, name: str, language: str) -> Document | None:
    return manual.find(name, language) or manual.find(name)


def _cited(text: Document) -> Cited:
    return Cited(text.id, text.title, text.revision, text.language)


def _duties(texts: Iterable[Document], role: str, manual: Manual) -> Iterator[Duty]:
    """Yield what a role does, document by document."""
    for text in texts:
        acts = tuple(_acts(text, role, manual))
        if acts:
            yield Duty(_cited(text), text.control.owner == role, acts)


def _acts(text: Document, role: str, manual: Manual) -> Iterator[Act]:
    rows = rows_of(text.source, manual.policy)
    for row in rows.get(Kind.STEPS, ()):
        if role in named(row["role"]):
            yield _act(row, _said(row["action"]), row["step"].text)
    for row in rows.get(Kind.HANDOVERS, ()):
        if role in named(row["from"]):
            values = {"matter": _said(row["matter"]), "to": row["to"].text}
            yield _act(row, label("card-hands-over", text.language, **values))
    for row in rows.get(Kind.ESCALATIONS, ()):
        if role in named(row["role"]):
            yield _act(row, _said(row["action"]), occasion=_said(row["trigger"]))


def _act(row: Row, action: str, number: str = "", occasion: str = "") -> Act:
    records = tuple(markdown.IDENTIFICATION.findall(row["record"].text))
    return Act(number, occasion, action, records, _said(row["limit"]))


def named(cell: Cell) -> frozenset[str]:
    """Return the identifications of the documents to which the links of a cell lead."""
    return frozenset(posixpath.basename(link).split(".")[0] for link in cell.links)


def _said(cell: Cell) -> str:
    return "" if cell.text in _NONE else cell.text


def _reading(texts: Iterable[Document], role: str) -> Iterator[tuple[Cited, str]]:
    for text in texts:
        distribution = text.control.distribution
        if role in distribution.roles and distribution.reading != "none":
            yield _cited(text), distribution.reading


def _targets(sheet: Document, manual: Manual) -> Iterator[Target]:
    """Yield the objectives on a role sheet."""
    for row in rows_of(sheet.source, manual.policy).get(Kind.OBJECTIVES, ()):
        yield Target(row["objective"].text, row["target"].text, row["source"].text)


def _forms(duties: Iterable[Duty], role: str, manual: Manual, language: str) -> Iterator[Form]:
    """Yield the records that a role makes, and those for which it answers."""
    made = {record for duty in duties for record in duty.records}
    for entry in sorted(manual.entries, key=lambda entry: entry.id):
        is_owner = entry.owner == role and entry.register == "form"
        if entry.id in made or is_owner:
            title = manual.policy.in_language(entry.title, language)
            yield Form(entry.id, title, is_owner)
