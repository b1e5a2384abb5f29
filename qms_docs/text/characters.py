"""Characters that do not show, got lost or look like others, and line ends that differ."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import takewhile

from qms_docs.words.findings import Finding, Place

CODE = "QMS112"
# Control characters; what turns the direction of the text round; what has no width; tags; and what
# Unicode calls no character. A joiner (U+200C, U+200D) stays: some scripts are spelt with it.
_HIDDEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u180e\u200b\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)
_LOST = "\ufffd"
_LINE_END = re.compile(r"\r\n?|\n")


def check(text: str, path: str) -> Iterator[Finding]:
    """Yield at most one finding of each kind for each line, one on line ends for the file.

    Two texts that look the same must be the same: so a text is in the composed form of Unicode
    (NFC), in which forges, editors and the index of a search keep it.
    """
    yield from _line_ends(text, path)
    if unicodedata.is_normalized("NFC", text) and not _HIDDEN.search(text) and _LOST not in text:
        return
    for number, line in enumerate(_LINE_END.split(text), 1):
        if hidden := _HIDDEN.search(line):
            place = Place(path, number, hidden.start() + 1)
            yield Finding(CODE, place, "hidden", {"character": code_points(hidden[0])})
        if _LOST in line:
            yield Finding(CODE, Place(path, number, line.index(_LOST) + 1), "lost")
        if not unicodedata.is_normalized("NFC", line):
            yield _composed(line, path, number)


def code_points(text: str) -> str:
    """Name the characters of a text as Unicode does, for example `U+0421 U+200B`."""
    return " ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(text))


def _composed(line: str, path: str, number: int) -> Finding:
    """Return where a line first departs from its composed form, and how it should be typed."""
    right = unicodedata.normalize("NFC", line)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(line, right, strict=False))
    start = sum(1 for _ in same)
    stop = start + 1
    while stop < len(line) and unicodedata.combining(line[stop]):
        stop += 1
    shown = unicodedata.normalize("NFC", line[start:stop])
    values = {"shown": shown, "typed": code_points(line[start:stop]), "right": code_points(shown)}
    return Finding(CODE, Place(path, number, start + 1), "composed", values)


def _line_ends(text: str, path: str) -> Iterator[Finding]:
    """Name the first line that ends differently from the first; a lone carriage return is none."""
    returns = text.count("\r\n")
    if text.count("\r") == returns and returns in (0, text.count("\n")):
        return
    first = None
    for number, end in enumerate(_LINE_END.finditer(text), 1):
        first = first or end[0]
        if end[0] == "\r" or end[0] != first:
            yield Finding(CODE, Place(path, number), "line-end")
            return
