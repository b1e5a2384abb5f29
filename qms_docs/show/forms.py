"""Forms: a sheet that can be filled in by hand, on one page.

The engine can make fields for a screen, but not such as an archive keeps (PDF/A-3a): see
docs/decisions/0037-extracts.md.
"""

from math import ceil

from qms_docs.show.typeset import ems
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document, TextTable
from qms_docs.words.rows import Kind, rows_of

_ROOM = 210.0
"""Millimetres for all that stands below the title of the sheet."""
_LEAST, _MOST = 7.0, 14.0
"""Millimetres that somebody who writes by hand needs in a row, and can use."""
_PADDING = 2.2
"""Of a row, above and below what is entered."""
_LINE, _HEADING, _TABLE_HEADING = 4.3, 9.5, 5.5
_EM = 2.82
_WIDTH = 170.0


def row_height(document: Document, manual: Manual) -> str:
    """Return how high, in millimetres, entries of a form are; empty for what is no form.

    As high as the page allows: the sheet is the first page, what controls it stands on the next.
    """
    if not rows_of(document.source, manual.policy).get(Kind.FIELDS):
        return ""
    content = document.source.content
    rows = max(sum(len(table.rows) for table in content.tables), 1)
    below = len(content.headings) * _HEADING + len(content.tables) * _TABLE_HEADING
    room = _ROOM - below - _prose(document.source.body)
    taller = sum(map(_excess, content.tables))
    return f"{min(max((room - taller) / rows, _LEAST), _MOST) - _PADDING:.1f}"


def _prose(body: str) -> float:
    """Return how high the text beside the tables is."""
    lines = [line for line in body.splitlines() if line and line[0] not in "|#"]
    return sum(ceil(ems(line) * _EM / _WIDTH) * _LINE + 1 for line in lines)


def _excess(table: TextTable) -> float:
    """Return by how much rows are taller than the least, because of what stands in them."""
    share = _WIDTH / len(table.heading)
    lines = (max(ceil(ems(cell.text) * _EM / share) for cell in row) or 1 for row in table.rows)
    return sum(max(count * _LINE + 2.4 - _LEAST, 0) for count in lines) / 2
