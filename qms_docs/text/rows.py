"""Tables of a text as data: rows of the tables that have the columns of a kind.

A table stays plain Markdown, which every forge shows. Policy says by which headings each kind is
recognised (`tables` in manual/policy.yaml).
"""

from collections.abc import Iterator, Mapping

from qms_docs.words.model import Source, TextTable
from qms_docs.words.policy import Policy
from qms_docs.words.rows import Kind, Row

_PAIR = 2


def rows_of(source: Source, policy: Policy, kind: Kind) -> Iterator[Row]:
    """Yield the rows of a kind in a text, in the order in which they stand."""
    for table in tables_of(source, policy, kind):
        yield from table


def tables_of(source: Source, policy: Policy, kind: Kind) -> Iterator[tuple[Row, ...]]:
    """Yield the tables of a kind in a text, each as its rows."""
    headings = policy.headings(kind, language_of(source, policy))
    for table in source.content.tables if headings else ():
        columns = _columns(table, headings)
        if columns:
            yield tuple(_rows(table, columns))


def lacking(source: Source, policy: Policy) -> Iterator[tuple[TextTable, Kind, str]]:
    """Yield the tables that are of no kind for want of one column, with the heading that it lacks.

    Kinds of two columns are left out: half of them is no likeness.
    """
    known = [
        (kind, set(headings.values()))
        for kind in Kind
        if (headings := policy.headings(kind, language_of(source, policy)))
    ]
    for table in source.content.tables:
        there = {cell.text for cell in table.heading}
        if not any(wanted <= there for _, wanted in known):
            for kind, wanted in known:
                missing = wanted - there
                if len(missing) == 1 and len(wanted) > _PAIR:
                    yield table, kind, missing.pop()


def language_of(source: Source, policy: Policy) -> str:
    """Return the language that a text says it has, else the master's."""
    return str(source.metadata.get("language", policy.master))


def _columns(table: TextTable, headings: Mapping[str, str]) -> Mapping[str, int] | None:
    """Return where each column of a kind stands; None if the table has not all of them."""
    there = [cell.text for cell in table.heading]
    if not all(heading in there for heading in headings.values()):
        return None
    return {name: there.index(heading) for name, heading in headings.items()}


def _rows(table: TextTable, columns: Mapping[str, int]) -> Iterator[Row]:
    for number, row in enumerate(table.rows):
        cells = {name: row[column] for name, column in columns.items()}
        yield Row(cells, table.row_place(number))
