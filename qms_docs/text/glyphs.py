"""Which characters the shipped fonts can draw, so that a missing one is known before printing."""

import unicodedata
from functools import cache
from importlib.resources import files

# Nothing is drawn for these (Unicode: Default_Ignorable_Code_Point), whatever the fonts hold.
_UNSEEN = (
    (0xAD, 0xAD),
    (0x34F, 0x34F),
    (0x61C, 0x61C),
    (0x17B4, 0x17B5),
    (0x180B, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
_BLANK = frozenset("\t\n\f\r")


def missing(text: str) -> tuple[str, ...]:
    """Return the characters of a text that no shipped font can draw, each once, in their order.

    A letter and its accent typed as two characters are drawn as one, where Unicode has one for
    both. A control character is missing too: it prints as an empty box.
    """
    lacking = set(text) - _drawn()
    if not lacking or all(_is_unseen(char) for char in lacking):
        return ()
    composed = unicodedata.normalize("NFC", text)
    return tuple(
        char
        for char in dict.fromkeys(text)
        if char in lacking and not _is_unseen(char) and not _is_accent(char, composed)
    )


def describe(char: str) -> str:
    """Return a character as people look it up: itself if it shows, its number and its name."""
    name = unicodedata.name(char, "")
    return " ".join(filter(None, (char * char.isprintable(), f"U+{ord(char):04X}", name)))


@cache
def _drawn() -> frozenset[str]:
    """Return what the shipped fonts hold together: the engine seeks a character in all of them."""
    data = files("qms_docs").joinpath("data", "fonts", "coverage.txt").read_text("ascii")
    ranges = (tuple(int(code, 16) for code in line.split("-")) for line in data.split())
    return frozenset(chr(code) for ends in ranges for code in range(ends[0], ends[-1] + 1))


def _is_accent(char: str, composed: str) -> bool:
    """Tell whether a character has become part of the letters before it."""
    is_mark = unicodedata.combining(char) and not unicodedata.decomposition(char)
    return bool(is_mark) and char not in composed


def _is_unseen(char: str) -> bool:
    code = ord(char)
    return (
        char in _BLANK
        or unicodedata.category(char) == "Zs"
        or any(first <= code <= last for first, last in _UNSEEN)
    )
