"""Bytes to text."""

import pytest

from qms_docs.text import utf8
from qms_docs.words.findings import Finding, Place


def test_utf_8_is_text() -> None:
    assert utf8.decode("投诉\r\n".encode(), "f", "QMS101") == "投诉\r\n"
    assert utf8.decode(b"", "f", "QMS101") == ""


@pytest.mark.parametrize(
    ("data", "line", "byte"),
    [(b"\xff", 1, "0xff"), (b"a\nb\n\xe6\x8a", 3, "0xe6"), ("投诉".encode("gb18030"), 1, "0xcb")],
)
def test_anything_else_is_a_finding_on_the_line_where_the_text_ends(
    data: bytes, line: int, byte: str
) -> None:
    finding = utf8.decode(data, "f", "QMS101")
    assert finding == Finding("QMS101", Place("f", line), "encoding", {"byte": byte})


def test_a_byte_order_mark_is_a_finding() -> None:
    assert utf8.decode(b"\xef\xbb\xbfid: x", "f", "QMS101") == Finding("QMS101", Place("f"), "bom")
