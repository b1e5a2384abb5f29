"""What a body says apart from its words: block by block, to be compared with another language.

A translation has other words, but the same headings, rows and items, and in each of them the same
numbers, identifications, parameters and links. The outline is one text with a line for each block,
for it is kept and compared at every check: `row 2`, then what stands in each cell.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from markdown_it.token import Token

from qms_docs.text import links
from qms_docs.text.markdown.identifications import IDENTIFICATION
from qms_docs.text.markdown.profile import CONTAINERS, diagram_kind, target_of

NUMBER, STANDARD, NAME, PARAMETER, LINK, IMAGE, NOTE, EMPTY = "#=@{>!^0"
"""With which a fact begins: `#15`, `=ISO 9001:2015`, `@CSC-FM-12-01`, `{complaint-limit`,
`>path#3` of the fourth heading of this text or `>path#anchor`, `!path`, `^` for the mark of a note,
`0` for a cell in which nothing stands. A path is without the tag of its language."""

_PART, _FACT = "\x1e\x1f"
_DIGIT = re.compile("[0-9]")
_MAY_STATE = re.compile(r"[0-9\[{<&]|://|www\.|@")
"""Without one of these a line holds no number, link, image, parameter or mark of a note."""
_FOUND = re.compile(
    rf"(?P<name>{IDENTIFICATION.pattern})"
    r"|(?P<standard>(?<![A-Za-z])(?:ISO|IEC|GB|[A-Z]{2}/T)(?:/[A-Z]+)* [0-9]+(?:[.:-][0-9]+)*)"
    r"|(?<![A-Za-z0-9])(?P<digits>[0-9]+(?:[.,:][0-9]+)*)(?P<unit>[万亿])?"
)
_GROUPS = re.compile(r",(?=[0-9]{3}(?![0-9]))")
_UNITS = {"万": 10_000, "亿": 100_000_000}
_NOTHING = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015/")
_LANGUAGE = re.compile(r"\.[a-z]{2,3}(?:-[A-Za-z0-9]+)*(?=\.[a-z0-9]+$)")
_CONTROL = re.compile("[\0-\x1f]")
_TABLE = "table"
"""In which rows are blocks, and their lines none."""
_HOLDERS = {
    "blockquote": "quote",
    "bullet_list": "item bullet",
    "ordered_list": "item number",
    "dt": "term",
    "dd": "definition",
    "footnote": "note",
    "table": _TABLE,
    **{f"container_{name}": "boxed" for name in CONTAINERS},
}
_OPENING = {f"{name}_open": kind for name, kind in _HOLDERS.items()}
_CLOSING = frozenset(f"{name}_close" for name in _HOLDERS)
_ARROW = re.compile(r"[-=.]{2,}[>ox]?|~~~")


class Block(NamedTuple):
    """A block of a text as far as another language must have the same."""

    kind: str
    """`heading 2`, `paragraph`, `item bullet`, `row 6` with the number of cells, and so on."""
    parts: tuple[tuple[str, ...], ...]
    """Facts in it, of a row cell by cell, each sorted: languages put things in another order."""


def of_line(line: str) -> Block:
    """Return a block that stands in an outline."""
    kind, *parts = line.split(_PART)
    return Block(kind, tuple(tuple(part.split(_FACT)) if part else () for part in parts))


def kinds(text: str) -> list[str]:
    """Return of which kinds the blocks of an outline are."""
    return [line.partition(_PART)[0] for line in text.split("\n")]


def outline(
    tokens: Sequence[Token], path: str, headings: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    """Yield the blocks of a body in the order in which they stand, with the line in the body.

    `headings` numbers the headings of this text by their anchors.
    """
    line = 0
    around = ["paragraph"]
    reader = _Reader(path, headings)
    for index, token in enumerate(tokens):
        if token.map:
            line = token.map[0]
        kind = token.type
        if kind == "inline":
            if around[-1] != _TABLE:
                yield _of_line(tokens[index - 1], around[-1], reader.facts(token)), line
        elif kind == "tr_open":
            yield reader.row(tokens, index), line
        elif kind in ("fence", "code_block"):
            yield _fence(token), line
        elif kind in _OPENING:
            around.append(_OPENING[kind])
            if around[-1] == "boxed":
                yield _box(token), line
        elif kind in _CLOSING:
            around.pop()


def _of_line(before: Token, around: str, facts: str) -> str:
    kind = f"heading {before.tag[1:]}" if before.type == "heading_open" else around
    return f"{kind}{_PART}{facts}"


def _box(token: Token) -> str:
    name, _, title = token.info.strip().partition(" ")
    return f"box {name}{_PART}{_joined(_found_in(title))}"


class _Reader:
    """Reads what stands in the lines of one text."""

    def __init__(self, path: str, headings: Mapping[str, int]) -> None:
        self._path = path
        self._headings = headings

    def row(self, tokens: Sequence[Token], start: int) -> str:
        """Return the row of a table that opens at `start`."""
        cells = []
        kind = "row"
        for token in map(tokens.__getitem__, range(start, len(tokens))):
            if token.type == "inline":
                facts = self.facts(token)
                cells.append(facts or EMPTY * _NOTHING.issuperset(token.content.strip()))
            elif token.type == "th_open":
                kind = "head"
            elif token.type == "tr_close":
                break
        return _PART.join((f"{kind} {len(cells)}", *cells))

    def facts(self, inline: Token) -> str:
        """Return what stands in a line."""
        if not _MAY_STATE.search(inline.content):
            return ""
        found: list[str] = []
        in_link = 0
        for token in inline.children or ():
            kind = token.type
            if kind in ("text", "code_inline"):
                if _DIGIT.search(token.content):
                    found += _found_in(token.content, is_link=bool(in_link))
            elif kind == "link_open":
                in_link += 1
                found.append(LINK + self._leads(target_of(token.attrs.get("href", ""))))
            elif kind == "link_close":
                in_link -= 1
            elif kind == "image":
                found.append(IMAGE + self._leads(target_of(token.attrs.get("src", ""))))
            elif kind == "parameter":
                found.append(PARAMETER + _CONTROL.sub(" ", token.content))
            elif kind == "footnote_ref":
                found.append(NOTE)
        return _joined(found) if found else ""

    def _leads(self, target: str) -> str:
        """Return where a link leads, from the top of the repository; a web address as it is."""
        file = links.resolve(self._path, target)
        if file is None:
            return _CONTROL.sub(" ", target)
        anchor = links.anchor(target)
        if anchor is None:
            return neutral(file)
        named = self._headings.get(anchor, anchor) if file == self._path else anchor
        return f"{neutral(file)}#{_CONTROL.sub(' ', str(named))}"


@lru_cache(maxsize=65536)
def neutral(path: str) -> str:
    """Return a path without the tag of its language, `CSC-QP-12.md` of `CSC-QP-12.zh-CN.md`."""
    return _LANGUAGE.sub("", _CONTROL.sub(" ", path))


def _fence(token: Token) -> str:
    kind = diagram_kind(token)
    if kind is None:
        return f"code{_PART}"
    lines = [text for text in token.content.splitlines() if text.strip()]
    drawn = [text for text in lines if not text.lstrip().startswith(("%%", "//", "#"))]
    arrows = sum(len(_ARROW.findall(text)) for text in drawn)
    return f"diagram {kind} {len(drawn)} {arrows}{_PART}{_joined(_found_in(token.content))}"


def _found_in(text: str, is_link: bool = False) -> list[str]:
    found: list[str] = []
    standards = set()  # one language may say twice by which number a standard is known
    for match in _FOUND.finditer(text):
        if digits := match["digits"]:
            found.append(NUMBER + _number(digits, match["unit"]))
        elif match["standard"]:
            standards.add(STANDARD + match["standard"])
        elif not is_link:  # a link says itself where it leads
            found.append(NAME + match["name"])
    return [*found, *standards]


def _number(digits: str, unit: str | None) -> str:
    """Return a number in digits in one way: `5,000`, `5万` and `50,000` as they are read."""
    digits = _GROUPS.sub("", digits) if "," in digits else digits
    if unit and digits.replace(".", "", 1).isdecimal():
        return f"{(Decimal(digits) * _UNITS[unit]).normalize():f}"
    return digits


def _joined(facts: list[str]) -> str:
    return _FACT.join(sorted(facts))
