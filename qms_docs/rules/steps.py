"""6xx: steps of a procedure say who does what (ISO 9001:2015, 5.3 and 8.1)."""

import re
from collections.abc import Iterator

from qms_docs.rules.registry import rule
from qms_docs.text.rows import rows_of
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual
from qms_docs.words.rows import Kind, Row

_NUMBER = re.compile("[0-9]{1,6}")
_DEMANDED = ("role", "action", "record")


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
        | 4 | Representative | Hands the work order over. | CSC-FM-10-02 | 30 minutes |
    """
    for source in manual.sources:
        last = 0
        for row in rows_of(source, manual.policy, Kind.STEPS):
            number = row["step"].text
            yield from _empty(row, manual)
            if number != str(last + 1):
                values = {"number": number or "\u2013", "expected": str(last + 1)}
                yield Finding("QMS601", row.place, "number", values)
            last = int(number) if _NUMBER.fullmatch(number) else last + 1


def _empty(row: Row, manual: Manual) -> Iterator[Finding]:
    for name in _DEMANDED:
        if not row[name].text:
            columns = manual.policy.tables[Kind.STEPS][name].values()
            values = {"number": row["step"].text or "\u2013", "column": " / ".join(columns)}
            yield Finding("QMS601", row.place, "empty", values)


RULES = (step,)
