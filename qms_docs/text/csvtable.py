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


Line = tuple[int, tuple[str, ...]]
"""A line of the file: its number, and its cells."""


def read(path: str, data: bytes, findings: list[Finding]) -> DataTable | None:
    """Return the rows of a CSV file; None, with findings, if it is not in order."""
    lines = read_lines(path, data, findings)
    return None if lines is None else tuple(cells for _, cells in lines)


def read_lines(path: str, data: bytes, findings: list[Finding]) -> tuple[Line, ...] | None:
    """Return the rows of a CSV file with the lines on which they begin; None as above."""
    text = utf8.decode(data.removeprefix(b"\xef\xbb\xbf"), path, frontmatter.CODE)
    if isinstance(text, Finding):
        findings.append(text)
        return None
    lines: list[Line] = []
    found = list(_lines(path, text, lines))
    findings += found
    return None if found else tuple(lines)


def _lines(path: str, text: str, lines: list[Line]) -> Iterator[Finding]:
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
        yield from _wrong(Place(path, line), row, lines)
        lines.append((line, row))
        if len(lines) > MOST_ROWS or len(row) > MOST_COLUMNS:
            values = {"rows": str(MOST_ROWS), "columns": str(MOST_COLUMNS)}
            yield Finding(CODE, Place(path, line), "too-large", values)
            return
    if len(lines) < 2:
        yield Finding(CODE, Place(path), "empty")


def _wrong(place: Place, row: tuple[str, ...], lines: list[Line]) -> Iterator[Finding]:
    if lines and len(row) != len(lines[0][1]):
        values = {"count": str(len(row)), "expected": str(len(lines[0][1]))}
        yield Finding(CODE, place, "ragged", values)
    if found := _CONTROL.search("".join(row)):
        yield Finding(CODE, place, "character", {"code": f"U+{ord(found[0]):04X}"})
