"""A worksheet of a periodic review that somebody has filled in: CSV to rows."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qms_docs.text import messages
from qms_docs.words.errors import QmsError

VERDICTS = ("reaffirm", "revise", "withdraw")
COLUMNS = ("identification", "revision", "content", "verdict", "comment")
"""Columns that are read; the others tell the reader what to look at."""
DIGITS = 16
"""How many digits of the content digest a worksheet holds."""
CONTENT = "sha256:"
"""Stands before them, or a spreadsheet could take them for a number."""
_LARGEST = 4 * 1024 * 1024
_CONTENT = re.compile(rf"{CONTENT}[0-9a-f]{{{DIGITS}}}")
_REVISION = re.compile(r"[1-9][0-9]{0,4}")


@dataclass(frozen=True)
class Row:
    """One document of a worksheet."""

    line: int
    id: str
    revision: int
    content: str
    """The first digits of the content digest that was looked at."""
    verdict: str
    """One of VERDICTS; empty where nothing was decided."""
    comment: str


def read(data: bytes, path: str) -> tuple[Row, ...]:
    """Return the rows of a worksheet, as `qms` wrote it or a spreadsheet saved it again.

    Commas, semicolons or tabs between the cells; UTF-8, or GB 18030 as Chinese spreadsheets save;
    headings and verdicts in any language of the messages. Raises QmsError for anything else.
    """
    text = _decoded(data, path)
    lines = text.splitlines(keepends=True)
    if not lines:
        raise QmsError("no-worksheet", path=path)
    separator = max(",;\t", key=lines[0].count)
    try:
        cells = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise QmsError("no-worksheet", path=path) from error
    return tuple(_rows(cells, path))


def _decoded(data: bytes, path: str) -> str:
    if len(data) <= _LARGEST:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise QmsError("no-worksheet", path=path)


def _rows(cells: list[list[str]], path: str) -> Iterator[Row]:
    places = _places(cells[0])
    if places.keys() != {*COLUMNS}:
        raise QmsError("no-worksheet", path=path)
    seen: set[str] = set()
    for line, row in enumerate(cells[1:], 2):
        if any(cell.strip() for cell in row):
            found = _row(line, row, places, path)
            if found.id in seen:
                raise QmsError("worksheet-twice", path=path, line=line, id=found.id)
            seen.add(found.id)
            yield found


def _row(line: int, row: list[str], places: Mapping[str, int], path: str) -> Row:
    said = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
    verdict = _words().get(said["verdict"].casefold())
    for column, fits in (
        ("identification", bool(said["identification"])),
        ("revision", _REVISION.fullmatch(said["revision"]) is not None),
        ("content", _CONTENT.fullmatch(said["content"]) is not None),
        ("verdict", verdict is not None),
        ("comment", verdict != "withdraw" or bool(said["comment"])),
    ):
        if not fits:
            value = said[column] or "–"
            raise QmsError("worksheet-value", path=path, line=line, column=column, value=value)
    return Row(
        line=line,
        id=said["identification"],
        revision=int(said["revision"]),
        content=said["content"].removeprefix(CONTENT),
        verdict=verdict or "",
        comment=said["comment"],
    )


def _places(headings: list[str]) -> dict[str, int]:
    """Return which column stands where, by its heading in any language."""
    names = {
        messages.label(heading(column), language).casefold(): column
        for column in COLUMNS
        for language in messages.LANGUAGES
    }
    there = {names.get(cell.strip().casefold()): place for place, cell in enumerate(headings)}
    return {name: place for name, place in there.items() if name is not None}


def heading(column: str) -> str:
    """Return the label of a column that is read."""
    return column if column in ("identification", "revision") else f"sheet-{column}"


def _words() -> Mapping[str, str]:
    """Return what may be written for each verdict, and for none."""
    words = {verdict: verdict for verdict in VERDICTS}
    for language in messages.LANGUAGES:
        for verdict in VERDICTS:
            words[messages.label(f"verdict-{verdict}", language).casefold()] = verdict
    return {**words, "": ""}
