"""What a role has to know of the manual, as one card: derived from the documents, never typed."""

import posixpath
from collections.abc import Iterable, Iterator

from qms_docs.text.steps import steps_of
from qms_docs.words.extracts import Card, Cited, Duty, Form, Steps, Target
from qms_docs.words.manual import Manual
from qms_docs.words.model import Cell, Document
from qms_docs.text import markdown

_NONE = frozenset(("", "–", "-", "—"))
"""What stands in a cell in which there is nothing to say."""


def roles(manual: Manual) -> list[str]:
    """Return the identifications of the roles that have a sheet."""
    return sorted(manual.roles)


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
        steps = [
            each for each in steps_of(text.source, manual.policy) if role in named(each.role)
        ]
        if steps:
            records = [each for step in steps for each in markdown.IDENTIFICATION.findall(step.record.text)]
            yield Duty(
                document=_cited(text),
                is_owner=text.control.owner == role,
                steps=tuple(_runs((step.number, _said(step.limit)) for step in steps)),
                gives=(),
                takes=(),
                escalations=(),
                records=tuple(sorted(set(records))),
            )


def named(cell: Cell) -> frozenset[str]:
    """Return the identifications of the documents to which the links of a cell lead."""
    return frozenset(posixpath.basename(link).split(".")[0] for link in cell.links)


def _said(cell: Cell) -> str:
    return "" if cell.text in _NONE else cell.text


def _runs(steps: Iterable[tuple[str, str]]) -> Iterator[Steps]:
    """Join steps that follow each other and have the same time limit."""
    run: list[str] = []
    common = ""
    for number, limit in steps:
        follows = run and number.isdigit() and run[-1].isdigit() and int(number) == int(run[-1]) + 1
        if run and not (follows and limit == common):
            yield Steps(_span(run), common)
            run = []
        run.append(number)
        common = limit
    if run:
        yield Steps(_span(run), common)


def _span(run: list[str]) -> str:
    return run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}"


def _reading(texts: Iterable[Document], role: str) -> Iterator[tuple[Cited, str]]:
    for text in texts:
        distribution = text.control.distribution
        if role in distribution.roles and distribution.reading != "none":
            yield _cited(text), distribution.reading


def _targets(sheet: Document, manual: Manual) -> Iterator[Target]:
    return iter(())


def _forms(duties: Iterable[Duty], role: str, manual: Manual, language: str) -> Iterator[Form]:
    """Yield the records that a role makes, and those for which it answers."""
    made = {record for duty in duties for record in duty.records}
    for entry in sorted(manual.entries, key=lambda entry: entry.id):
        is_owner = entry.owner == role and entry.register == "form"
        if entry.id in made or is_owner:
            title = manual.policy.in_language(entry.title, language)
            yield Form(entry.id, title, is_owner)
