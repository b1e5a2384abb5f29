"""Worksheets are read as spreadsheets save them, and whatever is no worksheet is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text import worksheets
from qms_docs.text.worksheets import Row
from qms_docs.words.errors import QmsError

HEAD = "Identification,Title,Revision,Content,Verdict,Comment"
CONTENT = "sha256:0123456789abcdef"
LINE = f"CSC-QP-01,Complaints,2,{CONTENT},reaffirm,Seen"
ROW = Row(2, "CSC-QP-01", 2, "0123456789abcdef", "reaffirm", "Seen")


def read(text: str | bytes) -> tuple[Row, ...]:
    return worksheets.read(text.encode() if isinstance(text, str) else text, "sheet.csv")


def refused(text: str | bytes) -> QmsError:
    with pytest.raises(QmsError) as raised:
        read(text)
    return raised.value


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_worksheet_is_read_as_spreadsheets_save_it(
    separator: str, line_end: str, mark: str
) -> None:
    text = line_end.join((HEAD, LINE, "", ",,,,,"))
    assert read(mark + text.replace(",", separator)) == (ROW,)


def test_columns_may_be_moved_and_cells_hold_lines() -> None:
    text = f'Comment,Verdict,Content,Revision,Identification\n"a\nb",revise,{CONTENT},2,X\n'
    assert read(text) == (Row(2, "X", 2, "0123456789abcdef", "revise", "a\nb"),)


def test_a_chinese_worksheet_is_read_in_both_encodings() -> None:
    head = "文件编号,修订号,内容摘要,评审结论,备注"
    text = f"{head}\nCSC-QP-01,2,{CONTENT},继续有效,已看过\n"
    for encoding in ("utf-8", "gb18030"):
        (row,) = read(text.encode(encoding))
        assert (row.verdict, row.comment) == ("reaffirm", "已看过")


def test_an_empty_verdict_is_none_yet() -> None:
    (row,) = read(f"{HEAD}\nCSC-QP-01,x,2,{CONTENT}\n")
    assert (row.verdict, row.comment) == ("", "")


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("reaffirm", "yes", "verdict"),
        ("CSC-QP-01", "", "identification"),
        (",2,", ",two,", "revision"),
        (",2,", ",999999999999,", "revision"),
        (CONTENT, "sha256:0", "content"),
        (CONTENT, "0123456789abcdef", "content"),
        ("reaffirm,Seen", "withdraw,", "comment"),
    ],
)
def test_a_cell_that_does_not_fit_is_named(old: str, new: str, column: str) -> None:
    error = refused(f"{HEAD}\n{LINE.replace(old, new)}\n")
    assert (error.key, error.values["column"], error.values["line"]) == (
        "worksheet-value",
        column,
        "2",
    )


def test_a_document_that_stands_there_twice_is_refused() -> None:
    assert refused(f"{HEAD}\n{LINE}\n{LINE}\n").key == "worksheet-twice"


@pytest.mark.parametrize(
    "text",
    ["", "\n", "a,b\n", b"\x89PNG\r\n\xff\xff", b"\0" * 100, f'{HEAD}\n"open', "x" * 5_000_000],
    ids=["nothing", "line", "other", "image", "zeros", "quote", "large"],
)
def test_what_is_no_worksheet_is_refused(text: str | bytes) -> None:
    assert refused(text).key == "no-worksheet"


@given(st.binary() | st.text().map(lambda text: f"{HEAD}\n{text}".encode()))
def test_whatever_it_holds_there_is_an_answer_or_an_error(data: bytes) -> None:
    try:
        rows = read(data)
    except QmsError:
        return
    assert all(row.id for row in rows)
