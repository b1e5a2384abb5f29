"""Steps of a procedure as data: rows of the tables that have the columns of a step.

The table stays plain Markdown, which every forge shows. Policy says by which headings it is
recognised (`steps` in manual/policy.yaml).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qms_docs.words.findings import Place
from qms_docs.words.model import Cell, Source, TextTable
from qms_docs.words.policy import Policy


@dataclass(frozen=True)
class Step:
    """A row of a table of steps: who does what, by when, on which record (ISO 10013:2021, 5)."""

    number: str
    role: Cell
    action: Cell
    record: Cell
    limit: Cell
    place: Place


def steps_of(source: Source, policy: Policy) -> Iterator[Step]:
    """Yield the steps of a text in the order in which they stand."""
    for table in source.content.tables:
        columns = _columns(table, policy, str(source.metadata.get("language", policy.master)))
        if columns:
            for number, row in enumerate(table.rows):
                yield _step(row, columns, table.row_place(number))


def _columns(table: TextTable, policy: Policy, language: str) -> Mapping[str, int] | None:
    """Return where each column of a step stands; None if the table has not all of them."""
    headings = [cell.text for cell in table.heading]
    wanted = {name: names.get(language) for name, names in policy.steps.items()}
    if not wanted or not all(heading in headings for heading in wanted.values()):
        return None
    return {name: headings.index(str(heading)) for name, heading in wanted.items()}


def _step(row: tuple[Cell, ...], columns: Mapping[str, int], place: Place) -> Step:
    cells = {name: row[column] for name, column in columns.items()}
    return Step(
        cells["step"].text, cells["role"], cells["action"], cells["record"], cells["limit"], place
    )
