"""6xx: steps, hand-overs and escalations say who does what (ISO 9001:2015, 5.3 and 8.1)."""

from collections.abc import Iterator

from qms_docs.judge import naming
from qms_docs.rules.registry import rule
from qms_docs.words.findings import Finding, Place
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.rows import Kind, Row, lacking, language_of, step_number

_DEMANDED = ("role", "action", "record")
_WHO = (
    (Kind.STEPS, "role"),
    (Kind.HANDOVERS, "from"),
    (Kind.HANDOVERS, "to"),
    (Kind.ESCALATIONS, "role"),
)
"""Kinds of tables with cells that name a role or a party, and the column of these."""
_WHOLE = tuple(kind for kind in Kind if kind not in (Kind.STEPS, Kind.FIELDS))
"""Kinds of tables whose cells all say something; of steps QMS601 says which, a form is empty."""
_MAY_HAVE_NONE = "record"
"""The column in which a dash says that there is none; elsewhere it says nothing."""


@rule("QMS601", "step", basis="ISO 9001:2015 5.3")
def step(manual: Manual) -> Iterator[Finding]:
    """A step has no role, action or record, or its number does not follow the one before.

    Why:
        A step that nobody is named for is done by nobody; one without a record cannot be shown
        to have been done. Other texts refer to a step by its number, so each number stands once.
        A step that leaves no record says so with a dash.
    Bad:
        | 4 | | Hands the work order over. | CSC-FM-10-02 | 30 minutes |
    Good:
        | 4 | [Officer](CSC-RS-10.md) | Hands the work order over. | CSC-FM-10-02 | 30 minutes |
    """
    for source in manual.sources:
        last = 0
        for row in manual.rows(source, Kind.STEPS):
            number = row["step"].text
            for name in _DEMANDED:
                if _says_nothing(row, name):
                    values = {
                        "number": number or "\u2013",
                        "column": _heading(manual, Kind.STEPS, name),
                    }
                    yield Finding("QMS601", row.place, "empty", values)
            if number != str(last + 1):
                values = {"number": number or "\u2013", "expected": str(last + 1)}
                yield Finding("QMS601", row.place, "number", values)
            stated = step_number(number)
            last = last + 1 if stated is None else stated


@rule("QMS602", "missing-table", basis="ISO 10013:2021 5", requires=("QMS104",))
def missing_table(manual: Manual) -> Iterator[Finding]:
    """A document lacks a table that its type demands, or a table lacks a column.

    Why:
        Steps, inputs, outputs and duties are compared only where they stand in a table that is
        recognised by its columns. One that nearly is would silently be left out of all that.
    Bad:
        | Step | Role | Action | Record | Limit |
    Good:
        | Step | Role | Action | Record | Time limit |
    """
    nearly = set()
    for source in manual.sources:
        for table, kind, column in lacking(source, manual.policy):
            nearly.add((source.path, kind))
            values = {"kind": kind, "column": column}
            yield Finding("QMS602", table.place, "column", values)
    for document in manual.documents:
        form = manual.policy.types.get(document.control.type)
        for section in form.sections if form else ():
            for kind in map(Kind, section.tables):
                if (document.path, kind) not in nearly:
                    yield from _without(manual, document, kind)


@rule("QMS603", "nobody", basis="ISO 9001:2015 5.3")
def nobody(manual: Manual) -> Iterator[Finding]:
    """Who acts or receives is neither a role with a role sheet nor a party that the policy names.

    Why:
        Words that only sound like a role bind nobody: no role sheet has the duty, and nobody is
        trained for it.
    Bad:
        | 4 | The clerk | Hands the work order over. | CSC-FM-10-02 | 30 minutes |
    Good:
        | 4 | [Officer](CSC-RS-10.md) | Hands the work order over. | CSC-FM-10-02 | 30 minutes |
    """
    for source in manual.sources:
        for kind, column in _WHO:
            for row in manual.rows(source, kind):
                cell = row[column]
                if not naming.is_blank(cell) and not naming.is_somebody(manual, source, cell):
                    values = {"column": _heading(manual, kind, column), "words": cell.text}
                    yield Finding("QMS603", row.place, values=values)


@rule("QMS604", "empty-cell", basis="ISO 9001:2015 8.1")
def empty_cell(manual: Manual) -> Iterator[Finding]:
    """A hand-over, an escalation, an input, output, duty or objective leaves something open.

    Why:
        A matter gets lost where it changes hands: whoever gives it away must know who takes it,
        by when, and how the answer comes back. A duty without a rule is arbitrary, one without
        evidence cannot be shown.
    Bad:
        | [Officer](CSC-RS-10.md) | Business department | Case | CSC-FM-12-01 | 1 day | |
    Good:
        | [Officer](CSC-RS-10.md) | Business department | Case | CSC-FM-12-01 | 1 day | Facts |
    """
    for source in manual.sources:
        for kind in _WHOLE:
            for row in manual.rows(source, kind):
                for name in row.cells:
                    if _says_nothing(row, name):
                        values = {"kind": kind, "column": _heading(manual, kind, name)}
                        yield Finding("QMS604", row.place, values=values)


def _says_nothing(row: Row, column: str) -> bool:
    cell = row[column]
    return not cell.text if column == _MAY_HAVE_NONE else naming.is_blank(cell)


def _heading(manual: Manual, kind: Kind, column: str) -> str:
    """Return a column's heading in all languages: whoever reads it knows one of them."""
    return " / ".join(manual.policy.tables[kind][column].values())


def _without(manual: Manual, document: Document, kind: Kind) -> Iterator[Finding]:
    """Say that a document has no table of a kind."""
    headings = manual.policy.headings(kind, language_of(document.source, manual.policy))
    if headings and not manual.has_table(document.source, kind):
        place = Place(document.path, document.source.body_line)
        values = {"kind": kind, "columns": ", ".join(headings)}
        yield Finding("QMS602", place, "missing", values)


RULES = (step, missing_table, nobody, empty_cell)
