"""What a role has to know of the manual, as one card: derived from the documents, never typed."""

from collections.abc import Container, Iterable, Iterator
from itertools import groupby

from qms_docs.judge import naming
from qms_docs.judge.acts import Act, acts
from qms_docs.text.messages import label
from qms_docs.words.extracts import Card, Cited, Duty, Form, Target, Task
from qms_docs.words.manual import Manual
from qms_docs.words.model import Cell, Document
from qms_docs.words.rows import Kind


def card(manual: Manual, role: str, language: str) -> Card:
    """Return the card of a role, from the texts of a language, or the masters' where there is none.

    The manual holds what is in force, and nothing else.
    """
    sheet = _text(manual, role, language)
    assert sheet is not None
    texts = [text for name in _names(manual) if (text := _text(manual, name, language))]
    duties = tuple(_duties(texts, role, manual))
    return Card(
        role=cited(sheet),
        duties=duties,
        reading=tuple(_reading(texts, role, {duty.document.id for duty in duties})),
        targets=tuple(_targets(sheet, manual, language)),
        forms=tuple(_forms(duties, role, manual, language)),
    )


def cited(text: Document) -> Cited:
    """Return how an extract names a document."""
    return Cited(text.id, text.title, text.revision, text.language)


def _names(manual: Manual) -> list[str]:
    return list(dict.fromkeys(document.id for document in manual.documents))


def _text(manual: Manual, name: str, language: str) -> Document | None:
    return manual.find(name, language) or manual.find(name)


def _duties(texts: Iterable[Document], role: str, manual: Manual) -> Iterator[Duty]:
    """Yield what a role does, document by document."""
    asked = (act for act in acts(manual, texts) if role in act.roles)
    for text, found in groupby(asked, key=lambda act: act.document):
        tasks = tuple(map(_task, found))
        yield Duty(cited(text), text.control.owner == role, _how(text, role), tasks)


def _task(act: Act) -> Task:
    row, action = act.row, ""
    if act.kind is Kind.HANDOVERS:
        values = {"matter": _said(row["matter"]), "to": row["to"].text}
        action = label("card-hands-over", act.document.language, **values)
    return Task(
        number=act.number,
        occasion=_said(row["trigger"]) if act.kind is Kind.ESCALATIONS else "",
        action=action or _said(row["action"]),
        records=act.records,
        limit=_said(row["limit"]),
    )


def _said(cell: Cell) -> str:
    return "" if naming.is_blank(cell) else cell.text


def _how(text: Document, role: str) -> str:
    """Return how a role must read a text."""
    distribution = text.control.distribution
    return distribution.reading if role in distribution.roles else "none"


def _reading(
    texts: Iterable[Document], role: str, told: Container[str]
) -> Iterator[tuple[Cited, str]]:
    """Yield what a role must read beside the documents that are told."""
    for text in texts:
        how = _how(text, role)
        if how != "none" and text.id not in told:
            yield cited(text), how


def _targets(sheet: Document, manual: Manual, language: str) -> Iterator[Target]:
    """Yield the objectives on a role sheet, with what the register tells of them."""
    for row in manual.rows(sheet.source, Kind.OBJECTIVES):
        cell = row["objective"]
        names = naming.identifications(cell)
        known = manual.objectives.get(names[0]) if names else None
        yield Target(
            id=known.id if known else cell.text,
            title=manual.policy.in_language(known.title, language) if known else "",
            target=row["target"].text,
            period=str(known.period) if known else "",
            source=row["source"].text,
        )


def _forms(duties: Iterable[Duty], role: str, manual: Manual, language: str) -> Iterator[Form]:
    """Yield the records that a role makes, and those for which it answers."""
    made = {record for duty in duties for record in duty.records}
    for entry in sorted(manual.entries, key=lambda entry: entry.id):
        is_owner = entry.owner == role and entry.register == "form"
        if entry.id in made or is_owner:
            title = manual.policy.in_language(entry.title, language)
            yield Form(entry.id, title, is_owner)
