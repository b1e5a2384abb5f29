"""Bytes to text: UTF-8 without a byte order mark or an unfinished merge, and nothing else."""

import re
from itertools import islice

from qms_docs.words.findings import Finding, Place

_BOM = "\ufeff"
# What Git writes around the two sides of a conflict. The line of equals signs between them is not
# looked for: alone it underlines a heading.
_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_MARKS = ("<" * 7, "|" * 7, ">" * 7)


def decode(data: bytes, path: str, code: str) -> str | Finding:
    """Return the text of a file, or why it is not a text, as a finding of the rule `code`."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        values = {"byte": f"0x{data[error.start]:02x}"}
        return Finding(code, Place(path, line), "encoding", values)
    if text.startswith(_BOM):
        return Finding(code, Place(path), "bom")
    if lines := _conflicts(text):
        values = {"lines": ", ".join(map(str, lines))}
        return Finding(code, Place(path, lines[0]), "conflict", values)
    return text


def _conflicts(text: str) -> list[int]:
    """Return the lines on which Git has written, the first twenty of them."""
    if not any(mark in text for mark in _MARKS):
        return []
    marks = islice(_CONFLICT.finditer(text), 20)
    return [text.count("\n", 0, mark.start()) + 1 for mark in marks]
