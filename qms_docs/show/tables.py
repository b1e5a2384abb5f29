"""Tables in every format: for a terminal, a browser, a spreadsheet, a program."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from datetime import datetime

from qms_docs.show.terminal import visible
from qms_docs.words.tables import Table

# A spreadsheet runs a cell that starts like this as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
_NO_DATE = datetime(2000, 1, 1)  # noqa: DTZ001  # a spreadsheet knows no time zone


def as_text(table: Table) -> bytes:
    """Return columns aligned for a terminal; a Chinese character is two columns wide."""
    lines = [[column.heading for column in table.columns]]
    lines += [[visible(cell.text) for cell in row] for row in table.rows]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    text = []
    for number, line in enumerate(lines):
        cells = (
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        )
        text.append("  ".join(cells).rstrip())
        if number == 0:
            text.append("  ".join("─" * width for width in widths))
    if table.note:
        text += ["", table.note]
    return ("\n".join(text) + "\n").encode("utf-8")


def as_json(table: Table) -> bytes:
    """Return a JSON list with one object a row; keys are the same in every language."""
    rows = [
        {column.key: cell.text for column, cell in zip(table.columns, row, strict=True)}
        for row in table.rows
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def as_csv(table: Table) -> bytes:
    """Return CSV that spreadsheets open rightly: UTF-8 with a mark, no live formulas."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(column.heading for column in table.columns)
    for row in table.rows:
        writer.writerow(_inert(cell.text) for cell in row)
    return stream.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    """Return an Excel workbook with a frozen, filterable heading."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        # Without a fixed date every file would differ.
        book.set_properties({"title": table.title, "created": _NO_DATE})
        heading = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(table.title[:31])
        sheet.freeze_panes(1, 1)
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(0, number, column.heading, heading)
        for line, row in enumerate(table.rows, start=1):
            for number, cell in enumerate(row):
                sheet.write_string(line, number, cell.text, plain)
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        if table.note:
            sheet.write_string(len(table.rows) + 2, 0, table.note)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return stream.getvalue()


def as_html(table: Table) -> bytes:
    """Return a page of its own."""
    from qms_docs.show import templates

    return templates.render("table.html", table=table).encode("utf-8")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


FORMATS: dict[str, Callable[[Table], bytes]] = {
    "table": as_text,
    "html": as_html,
    "csv": as_csv,
    "xlsx": as_xlsx,
    "json": as_json,
}
"""Name of a format → function from table to the bytes of a file."""
