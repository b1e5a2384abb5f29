"""Who holds what: the list of controlled copies, and which of them a decision makes obsolete."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from qms_docs.judge import copies, register
from qms_docs.text.messages import label
from qms_docs.words.copies import ControlledCopy, CopyState
from qms_docs.words.issues import Released
from qms_docs.words.manual import Manual
from qms_docs.words.tables import Cell, Column, Table

_COLUMNS = (
    ("number", "copy-number", 10),
    ("identification", "identification", 16),
    ("language", "language", 10),
    ("revision", "revision", 10),
    ("holder", "copy-holder", 30),
    ("issued", "copy-issued-at", 24),
    ("until", "until", 24),
    ("state", "copy-state", 20),
    ("purpose", "copy-purpose", 30),
)
"""Key for machines, key of the heading, width."""


def standings(
    released: Released, as_of: datetime, identification: str | None = None
) -> Iterator[tuple[ControlledCopy, CopyState]]:
    """Yield each copy that was ever issued, of one document or of all, and where it stands."""
    for name, known in released.copies.items():
        for copy in known if identification in (None, name) else ():
            state = copies.standing(copy, released, as_of)
            if state is not None:
                yield copy, state


def obsoleted(
    released: Released, as_of: datetime, revisions: Mapping[str, int | None]
) -> Iterator[tuple[ControlledCopy, CopyState]]:
    """Yield the copies that are out and must come back when a decision takes effect.

    `revisions` names for each document the revision that takes the place of those before it, or
    None where nothing of the document remains.
    """
    for copy, state in standings(released, as_of):
        if state.is_out and copy.subject.id in revisions:
            revision = revisions[copy.subject.id]
            if revision is None or copy.subject.revision < revision:
                yield copy, state


def table(manual: Manual, language: str) -> Table:
    """Return the list of controlled copies, by document and number (ISO 9001:2015, 7.5.3.2 a)."""
    known = standings(manual.released, manual.as_of) if manual.as_of else ()
    return Table(
        title=label("controlled-copies", language),
        subtitle=manual.policy.in_language(manual.policy.organisation, language),
        language=language,
        columns=tuple(Column(key, label(name, language), width) for key, name, width in _COLUMNS),
        rows=tuple(_row(copy, state, manual, language) for copy, state in known),
    )


def _row(copy: ControlledCopy, state: CopyState, manual: Manual, language: str) -> tuple[Cell, ...]:
    policy, subject = manual.policy, copy.subject
    told = (
        str(copy.number),
        subject.id,
        subject.language,
        str(subject.revision),
        copy.holder,
        register.instant(copy.issue.landing.instant, policy),
        register.instant(copy.until, policy),
        label(f"copy-{state}", language),
        copy.purpose or label("none", language),
    )
    return tuple(map(Cell, told))
