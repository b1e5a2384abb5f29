"""Tables as data: a CSV file (RFC 4180, UTF-8) that a text includes."""

import csv
import io
import re
from collections.abc import Iterator

from qms_docs.text import frontmatter, utf8
from qms_docs.words.findings import Finding, Place
from qms_docs.words.model import DataTable

CODE = "QMS510"
MOST_ROWS, MOST_COLUMNS = 2000, 40
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def read(path: str, data: bytes, findings: list[Finding]) -> DataTable | None:
    """Return the rows of a CSV file; None, with findings, if it is not in order."""
    text = utf8.decode(data.removeprefix(b"\xef\xbb\xbf"), path, frontmatter.CODE)
    if isinstance(text, Finding):
        findings.append(text)
        return None
    rows: list[tuple[str, ...]] = []
    found = list(_rows(path, text, rows))
    findings += found
    return None if found else tuple(rows)


def _rows(path: str, text: str, rows: list[tuple[str, ...]]) -> Iterator[Finding]:
    """Collect the rows; yield what is wrong, at its line."""
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = tuple(cell.strip() for cell in next(reader))
        except StopIteration:
            break
        except csv.Error as error:
            yield Finding(CODE, Place(path, line), "syntax", {"detail": str(error)})
            return
        if not any(row):
            continue
        yield from _wrong(Place(path, line), row, rows)
        rows.append(row)
        if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
            values = {"rows": str(MOST_ROWS), "columns": str(MOST_COLUMNS)}
            yield Finding(CODE, Place(path, line), "too-large", values)
            return
    if len(rows) < 2:
        yield Finding(CODE, Place(path), "empty")


def _wrong(place: Place, row: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[Finding]:
    if rows and len(row) != len(rows[0]):
        values = {"count": str(len(row)), "expected": str(len(rows[0]))}
        yield Finding(CODE, place, "ragged", values)
    if found := _CONTROL.search("".join(row)):
        yield Finding(CODE, place, "character", {"code": f"U+{ord(found[0]):04X}"})
