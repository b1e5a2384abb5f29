"""Tables in every format."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.show import tables
from qms_docs.words.tables import Cell, Column, Table

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def table(*rows: tuple[str, str], title: str = "Register") -> Table:
    return Table(
        title=title,
        subtitle="Example Contact Centre",
        language="en",
        columns=(Column("identification", "文件编号", 16), Column("title", "Title", 48)),
        rows=tuple(tuple(Cell(text) for text in row) for row in rows),
    )


NOTE = "O owns <it>."
ROWS = table(("CSC-QP-01", "投诉处理"), ("CSC-QP-02", "Call-backs & <more>"))


def test_a_note_is_for_people_only() -> None:
    noted = replace(ROWS, note=NOTE)
    assert tables.as_text(noted).decode().endswith(f"\n\n{NOTE}\n")
    assert "O owns &lt;it&gt;." in tables.as_html(noted).decode()
    with zipfile.ZipFile(io.BytesIO(tables.as_xlsx(noted))) as book:
        assert "O owns &lt;it&gt;." in book.read("xl/sharedStrings.xml").decode()
    assert tables.as_csv(noted) == tables.as_csv(ROWS)
    assert tables.as_json(noted) == tables.as_json(ROWS)


def test_a_chinese_character_is_two_columns_wide() -> None:
    assert tables.as_text(ROWS).decode().splitlines() == [
        "文件编号   Title",
        "─────────  ───────────────────",
        "CSC-QP-01  投诉处理",
        "CSC-QP-02  Call-backs & <more>",
    ]


def test_full_width_punctuation_is_two_columns_wide() -> None:
    lines = tables.as_text(table(("，", "a"), ("ab", "b"))).decode().splitlines()
    assert lines[2:] == ["，        a", "ab        b"]


def test_a_cell_cannot_send_orders_to_the_terminal() -> None:
    assert b"\x1b" not in tables.as_text(table(("a", "\x1b[2Jb\nCSC-QP-99")))


def test_a_table_without_rows_has_its_heading() -> None:
    assert tables.as_text(table()).decode().splitlines() == ["文件编号  Title", "────────  ─────"]


def test_json_has_the_same_keys_in_every_language() -> None:
    assert json.loads(tables.as_json(ROWS)) == [
        {"identification": "CSC-QP-01", "title": "投诉处理"},
        {"identification": "CSC-QP-02", "title": "Call-backs & <more>"},
    ]
    assert "投诉处理".encode() in tables.as_json(ROWS)


def _cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_opens_rightly_in_a_spreadsheet() -> None:
    data = tables.as_csv(ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 3
    assert _cells(data) == [
        ["文件编号", "Title"],
        ["CSC-QP-01", "投诉处理"],
        ["CSC-QP-02", "Call-backs & <more>"],
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", '=HYPERLINK("x","y")']
)
def test_no_cell_of_a_csv_file_is_a_formula(text: str) -> None:
    assert _cells(tables.as_csv(table(("a", text))))[1] == ["a", f"'{text}"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8))
def test_any_text_comes_back_from_csv(text: str) -> None:
    (cell,) = _cells(tables.as_csv(table((text, "b"))))[1][:1]
    assert cell in (text, f"'{text}")


def _shared_strings(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        root = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(item.itertext()) for item in root.iter(f"{_SHEET}si")]


def test_a_workbook_is_the_same_to_the_byte_every_time() -> None:
    assert tables.as_xlsx(ROWS) == tables.as_xlsx(ROWS)


def test_a_workbook_holds_no_date_of_its_making() -> None:
    with zipfile.ZipFile(io.BytesIO(tables.as_xlsx(ROWS))) as book:
        properties = book.read("docProps/core.xml").decode()
        written = {item.date_time[0] for item in book.infolist()}
    assert set(re.findall(r"\d{4}-\d\d-\d\dT\S+?Z", properties)) == {"2000-01-01T00:00:00Z"}
    assert written == {1980}


def test_a_workbook_is_sound_and_holds_the_cells_as_text() -> None:
    data = tables.as_xlsx(table(("=1+1", "https://example.com/"), ("012", "投诉处理")))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert _shared_strings(data) == [
        "文件编号", "Title", "=1+1", "https://example.com/", "012", "投诉处理",
    ]  # fmt: skip
    assert sheet.find(f".//{_SHEET}f") is None
    assert sheet.find(f".//{_SHEET}hyperlink") is None
    assert {cell.get("t") for cell in sheet.iter(f"{_SHEET}c")} == {"s"}
    pane = sheet.find(f".//{_SHEET}pane")
    assert pane is not None
    assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")
    assert sheet.find(f".//{_SHEET}autoFilter") is not None


def test_a_long_title_does_not_break_the_workbook() -> None:
    assert zipfile.is_zipfile(io.BytesIO(tables.as_xlsx(table(("a", "b"), title="x" * 60))))


def test_html_is_a_page_of_its_own_and_escapes_everything() -> None:
    linked = Table(
        title="A & B",
        subtitle="Centre <x>",
        language="zh-CN",
        columns=(Column("id", "编号"),),
        rows=((Cell("<b>", 'a".pdf'),), (Cell("plain"),)),
    )
    html = tables.as_html(linked).decode()
    assert html.startswith("<!DOCTYPE html>")
    assert '<html lang="zh-CN">' in html
    assert "A &amp; B" in html
    assert "Centre &lt;x&gt;" in html
    assert '<a href="a&#34;.pdf">&lt;b&gt;</a>' in html
    assert ">plain</" in html


def test_every_format_gives_bytes() -> None:
    assert set(tables.FORMATS) == {"table", "html", "csv", "xlsx", "json"}
    assert all(isinstance(write(ROWS), bytes) for write in tables.FORMATS.values())
