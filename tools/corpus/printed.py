"""What is in a finished PDF, told by the tools of others: Poppler and pikepdf (qpdf)."""

import html
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pikepdf

from tools.corpus.expected import pieces, squeezed

_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)
_WORD = re.compile(
    r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)</word>'
)
_GLYPH = re.compile(rb"<([0-9A-Fa-f]{4})> (\d+)")
_CHARACTER = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")
_HEAD, _FOOT = 62.0, 53.0
"""What stands in so many points from the upper or the lower edge runs along on every page."""
_TALLEST = 45.0
"""Higher words, in points, are the mark behind the text, which is turned."""
_PAINTS = frozenset(
    ("f", "f*", "F", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "TJ", "Tj", "INLINE IMAGE")
)
_NONE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Matrix = tuple[float, ...]


@dataclass(frozen=True)
class Word:
    """A word where it stands, in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass
class Sheet:
    """One page."""

    width: float
    height: float
    words: list[Word]

    @property
    def body(self) -> list[Word]:
        """The words between head and foot."""
        return [
            word
            for word in self.words
            if word.bottom > _HEAD
            and word.top < self.height - _FOOT
            and word.bottom - word.top < _TALLEST
        ]

    def outside(self) -> Iterator[str]:
        """Yield the words that are not wholly on the paper."""
        for word in self.body:
            if word.left < -1 or word.right > self.width + 1 or word.bottom > self.height + 1:
                yield word.text

    def covered(self) -> Iterator[str]:
        """Yield pairs of words that stand on one another."""
        lines = sorted(self.body, key=lambda word: (word.top, word.left))
        for number, one in enumerate(lines):
            for other in lines[number + 1 :]:
                if other.top > one.bottom:
                    break
                if _shared(one, other) > 0.35:
                    yield f"{one.text} / {other.text}"


def _shared(one: Word, other: Word) -> float:
    """Return how much of the smaller of two boxes lies in the other."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    areas = [(box.right - box.left) * (box.bottom - box.top) for box in (one, other)]
    return width * height / max(min(areas), 0.01) if width > 0 and height > 0 else 0.0


@dataclass
class Painted:
    """What the content streams of the pages paint."""

    figures: int = 0
    """Images of the text in which something is painted."""
    scaled: int = 0
    """Photographs printed smaller than at 96 pixels to the inch."""
    outside: int = 0
    """Photographs that are not wholly on the paper."""
    boxes: Counter[str] = field(default_factory=Counter)
    """Characters for which an empty box is drawn, glyph 0."""


@dataclass
class Pdf:
    """A finished PDF."""

    sheets: list[Sheet]
    painted: Painted
    addresses: set[str]
    """Web addresses and names of files that links lead to."""
    anchors: set[str]
    """Names of places in the file that links lead to and that are there."""
    raw: str
    """All text between head and foot in the order of printing, without spaces."""
    words: Counter[str]


def read(file: Path) -> Pdf:
    """Take a PDF apart."""
    # -raw: in the order of printing, so that the pieces of a broken word follow each other.
    boxes = subprocess.run(
        ["pdftotext", "-raw", "-bbox", "-enc", "UTF-8", file, "-"], capture_output=True, check=True
    ).stdout.decode("utf-8", "replace")
    sheets = [
        Sheet(float(width), float(height), [_word(match) for match in _WORD.finditer(page)])
        for width, height, page in _PAGE.findall(boxes)
    ]
    painted = Painted()
    with pikepdf.open(file) as pdf:
        for page in pdf.pages:
            _Stream(page, painted, tuple(map(float, page.mediabox))).walk(page, _NONE, False)
        addresses, anchors = _links(pdf)
    words = "\n".join(word.text for sheet in sheets for word in sheet.body)
    return Pdf(sheets, painted, addresses, anchors, squeezed(words), pieces(words))


def _word(match: re.Match[str]) -> Word:
    left, top, right, bottom = map(float, match.groups()[:4])
    return Word(left, top, right, bottom, html.unescape(match[5]))


def _links(pdf: pikepdf.Pdf) -> tuple[set[str], set[str]]:
    names: Any = pdf.Root.get("/Names", {})
    tree = names.get("/Dests")
    pages = {page.obj.objgen for page in pdf.pages}
    there = (
        {str(name) for name, place in pikepdf.NameTree(tree).items() if place[0].objgen in pages}
        if tree is not None
        else set()
    )
    addresses, anchors = set(), set()
    for page in pdf.pages:
        for note in page.obj.get("/Annots", []):
            action: Any = note.get("/A", {})
            if target := action.get("/URI") or action.get("/F"):
                addresses.add(unquote(str(target)))
            elif "/Dest" in note:
                anchors.add(str(note.Dest))
    return addresses, anchors & there


class _Stream:
    """Walks through the content of a page and of the forms that it uses."""

    def __init__(self, page: Any, painted: Painted, paper: Matrix) -> None:
        self._painted = painted
        self._paper = paper
        self._marks: list[str] = []
        self._shown = False
        """Whether something was painted in the figure that is open."""

    def walk(self, source: Any, matrix: Matrix, in_form: bool) -> None:
        saved: list[tuple[Matrix, Any]] = []
        resources, font = source.get("/Resources", {}), None
        instructions: Any = pikepdf.parse_content_stream(source)
        for operands, operator in instructions:
            name = str(operator)
            if name == "q":
                saved.append((matrix, font))
            elif name == "Q" and saved:
                matrix, font = saved.pop()
            elif name == "cm":
                matrix = _times(tuple(map(float, operands)), matrix)
            elif name == "Tf":
                font = resources.get("/Font", {}).get(str(operands[0]))
            elif name in ("BDC", "BMC", "EMC"):
                self._mark(name, operands)
            if name in _PAINTS:
                self._paint(name, operands, resources, matrix, font)

    def _mark(self, name: str, operands: Any) -> None:
        if name != "EMC":
            self._marks.append(str(operands[0]))
            self._shown = self._shown and self._marks[-1] != "/Figure"
        elif self._marks and self._marks.pop() == "/Figure":
            self._painted.figures += self._shown

    def _paint(self, name: str, operands: Any, resources: Any, matrix: Matrix, font: Any) -> None:
        self._shown = True
        if name in ("TJ", "Tj") and font is not None:
            parts = operands[0] if name == "TJ" else [operands[0]]
            codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            boxes = _boxes(font)
            pairs = map(bytes, zip(codes[::2], codes[1::2], strict=True)) if boxes else ()
            self._painted.boxes.update(boxes[pair] for pair in pairs if pair in boxes)
        elif name == "Do":
            drawn = resources.XObject[str(operands[0])]
            if drawn.Subtype == "/Form":
                inner = tuple(map(float, drawn.get("/Matrix", _NONE)))
                self.walk(drawn, _times(inner, matrix), True)
            else:
                self._photograph(drawn, matrix)

    def _photograph(self, drawn: Any, matrix: Matrix) -> None:
        across, down = matrix[4] + matrix[0], matrix[5] + matrix[3]
        left, right = sorted((matrix[4], across))
        low, high = sorted((matrix[5], down))
        paper = self._paper
        inside = left > paper[0] - 1 and right < paper[2] + 1
        self._painted.outside += not (inside and low > paper[1] - 1 and high < paper[3] + 1)
        self._painted.scaled += right - left < float(drawn.Width) * 0.75 * 0.99


def _boxes(font: Any) -> dict[bytes, str]:
    """Return the codes that a font draws as glyph 0, with the characters that they stand for.

    A font has a table (CMap) of codes and glyphs, and one of codes and characters.
    """
    encoding = font.get("/Encoding")
    if not isinstance(encoding, pikepdf.Stream):
        return {b"\0\0": "?"}
    glyphs = _GLYPH.findall(encoding.read_bytes())
    empty = [bytes.fromhex(code.decode()) for code, glyph in glyphs if int(glyph) == 0]
    if not empty:
        return {}
    text = dict(_CHARACTER.findall(font.ToUnicode.read_bytes().lower()))
    characters = (text.get(code.hex().encode(), b"003f") for code in empty)
    decoded = (bytes.fromhex(char.decode()).decode("utf-16-be") for char in characters)
    return dict(zip(empty, decoded, strict=True))


def _times(one: Matrix, other: Matrix) -> Matrix:
    (a, b, c, d, e, f), (g, h, i, j, k, m) = one, other
    return (
        a * g + b * i, a * h + b * j,
        c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip
