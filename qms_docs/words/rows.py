"""Tables in documents as data: rows of the tables that have the columns of a kind.

A table stays plain Markdown, which every forge shows. Policy says by which headings each kind is
recognised (`tables` in manual/policy.yaml); what its rows must say, the rules decide.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from qms_docs.words.findings import Place
from qms_docs.words.model import Cell, Source, TextTable
from qms_docs.words.policy import Policy

_PAIR = 2
_NUMBER = re.compile("[0-9]{1,6}")


class Kind(StrEnum):
    """What the rows of a table are; its columns are named in `policy.schema.json`."""

    STEPS = "steps"
    """Who does what, by when, on which record (ISO 10013:2021, 5)."""
    HANDOVERS = "handovers"
    """Who gives what to whom, by when, and how the answer comes back."""
    ESCALATIONS = "escalations"
    """Who acts when something does not go as it should."""
    INPUTS = "inputs"
    """What a process needs, and from where it comes (ISO 9001:2015, 4.4.1 a)."""
    OUTPUTS = "outputs"
    """What a process gives, and who receives it."""
    DUTIES = "duties"
    """What a role does, by which document, and what proves it."""
    OBJECTIVES = "objectives"
    """What is to be reached, and where the figure comes from."""
    ASSESSMENTS = "assessments"
    """What people are assessed by, and on which objective or rule that rests."""
    FIELDS = "fields"
    """What a form asks for."""


@dataclass(frozen=True)
class Row:
    """A row of a table that is data."""

    cells: Mapping[str, Cell]
    """By the column's name in the policy, for example `role`."""
    place: Place

    def __getitem__(self, column: str) -> Cell:
        return self.cells[column]


Rows = Mapping[Kind, tuple[Row, ...]]
"""What a text holds, kind by kind, in the order in which it stands; no kind without a table."""


def rows_of(source: Source, policy: Policy) -> Rows:
    """Return the rows of all tables in a text that are data."""
    found: dict[Kind, list[Row]] = defaultdict(list)
    if source.content.tables:
        known = _known(source, policy)
        for table in source.content.tables:
            for kind, headings in known.items():
                if headings.keys() <= table.columns.keys():
                    found[kind] += _rows(table, headings)
    return {kind: tuple(rows) for kind, rows in found.items()}


def lacking(source: Source, policy: Policy) -> Iterator[tuple[TextTable, Kind, str]]:
    """Yield the tables that are of no kind for want of one column, with the heading that it lacks.

    Kinds of two columns are left out: half of them is no likeness.
    """
    known = _known(source, policy) if source.content.tables else {}
    for table in source.content.tables:
        lacks = [(kind, headings.keys() - table.columns.keys()) for kind, headings in known.items()]
        if all(missing for _, missing in lacks):
            for kind, missing in lacks:
                if len(missing) == 1 and len(known[kind]) > _PAIR:
                    yield table, kind, missing.pop()


def step_number(text: str) -> int | None:
    """Return the number of a step; None for what is none."""
    return int(text) if _NUMBER.fullmatch(text) else None


def spans(numbers: Iterable[str]) -> Iterator[str]:
    """Yield the numbers of steps in order, neighbours drawn together: `1`, `3–5`."""
    found = sorted({number for text in numbers if (number := step_number(text)) is not None})
    start = 0
    for position, number in enumerate(found):
        if position + 1 == len(found) or found[position + 1] != number + 1:
            first = found[start]
            yield str(number) if first == number else f"{first}\u2013{number}"
            start = position + 1


def language_of(source: Source, policy: Policy) -> str:
    """Return the language that a text says it has, else the master's."""
    return str(source.metadata.get("language", policy.master))


def _known(source: Source, policy: Policy) -> Mapping[Kind, Mapping[str, str]]:
    """Return for each kind what a text of this language writes above its columns."""
    language = language_of(source, policy)
    return {kind: headings for kind in Kind if (headings := policy.headings(kind, language))}


def _rows(table: TextTable, headings: Mapping[str, str]) -> Iterator[Row]:
    columns = [(name, table.columns[heading]) for heading, name in headings.items()]
    for number, row in enumerate(table.rows):
        yield Row({name: row[column] for name, column in columns}, table.row_place(number))
