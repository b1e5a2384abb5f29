"""How a text reads, whatever characters it is made of, and the pieces it consists of.

What does not show is left out, wide and styled letters become plain ones, digits of all scripts
become 0 to 9, accents go. What stays is compared; so nothing can hide in the spelling. Signs that
read otherwise stay what they are: `10²` is not 102.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from qms_docs.text.meaning.lexicon import lexicon

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SAME_LOOK = ("<font>", "<wide>", "<narrow>", "<compat>", "<noBreak>")
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that let a text run the other way: it reads otherwise with them."""
_SIGNS = frozenset("%\u2030#@*\u00a7\u2020\u2021\ufffd")
_SIMPLIFIED = dict(
    zip(
        "".join(lexicon()["traditional"]["from"]),
        "".join(lexicon()["traditional"]["to"]),
        strict=True,
    )
)
_OVERLAY = 1
"""Combining class of marks that are written across a letter."""
DASHES = "\u2010-\u2015\u2212~\u301c-"
_PIECE = re.compile(
    "\ue000(?P<parameter>[^\ue001]*)\ue001"
    rf"|(?P<dash>[{DASHES}])(?=\s*[0-9])"
    r"|(?P<number>[0-9]+(?:[.,:/\u2044][0-9]+)*(?:(?:st|nd|rd|th)(?![A-Za-z]))?)"
    r"|(?P<run>[A-Za-z][0-9A-Za-z]*(?:[-._/'][0-9A-Za-z]+)*)"
    rf"|(?P<han>[{HAN}]+)"
    r"|(?P<end>[.!?\u3002]+)"
    r"|(?P<other>\S)"
)
_WORD = re.compile("[A-Za-z]+(?:'[A-Za-z]+)?")


class Piece(NamedTuple):
    """A piece of a text as it reads."""

    kind: str
    """`parameter`, `number`, `dash` (before a number), `code` (letters with digits), `word` (of
    Latin letters), `han`, `end` (of a sentence, perhaps) or `other`."""
    text: str
    start: int
    end: int


def as_read(text: str) -> str:
    """Return a text in plain characters, for comparison only."""
    return text if text.isascii() else "".join(map(_plain, text))


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char.isascii() or "\u4e00" <= char <= "\u9fff":
        return _SIMPLIFIED.get(char, char)
    if char in "\u2018\u2019":
        return "'"
    if unicodedata.category(char) == "Cf" and not _TURNING.match(char):
        return ""
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    if unicodedata.decomposition(char).startswith(_SAME_LOOK):
        char = unicodedata.normalize("NFKC", char)
    letters = unicodedata.normalize("NFD", char)
    return "".join(each for each in letters if not _is_accent(each))


def _is_accent(char: str) -> bool:
    """Tell whether a character is a mark that a letter bears; one that strikes it out is none."""
    return unicodedata.category(char) == "Mn" and unicodedata.combining(char) != _OVERLAY


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of a text that `as_read` has made plain; of punctuation, only ends."""
    for match in _PIECE.finditer(text):
        kind = str(match.lastgroup)
        if kind == "run":
            yield from _run(match[0], match.start())
        elif kind != "other" or is_sign(match[0]):
            yield Piece(kind, match[kind], match.start(), match.end())


def _run(text: str, start: int) -> Iterator[Piece]:
    """Yield letters with digits as one piece, and otherwise each word."""
    if any(map(str.isdigit, text)):
        yield Piece("code", text, start, start + len(text))
        return
    for word in _WORD.finditer(text):
        yield Piece("word", word[0], start + word.start(), start + word.end())


def is_sign(char: str) -> bool:
    """Tell whether a character says something: a symbol, a letter of a script without words here.

    Also what is no character that anybody can read.
    """
    return char in _SIGNS or unicodedata.category(char)[0] in "SLNCM"
