"""The check knows which characters can be printed, without the engine and as the engine does."""

import re
import unicodedata
from html import escape
from importlib.resources import files

import pytest
from fontTools.ttLib import TTFont

from qms_docs.edges import pdf
from qms_docs.text import glyphs
from tests.edges.printing import job

FONTS = sorted(
    (
        font
        for font in files("qms_docs").joinpath("data", "fonts").iterdir()
        if font.name.endswith(".ttf")
    ),
    key=lambda font: font.name,
)
DECOMPOSED_BY_THE_ENGINE = {0x0E33, 0x0EB3, 0x2029}
"""Told as missing though the engine draws an accent alone, or nothing, in their place."""


def held() -> set[int]:
    """Return what the font files hold."""
    found: set[int] = set()
    for font in FONTS:
        with font.open("rb") as file:
            found |= TTFont(file, lazy=True).getBestCmap().keys()
    return found


def test_the_coverage_is_what_the_fonts_hold() -> None:
    assert len(FONTS) == 6
    assert {ord(char) for char in glyphs._drawn()} == held()


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("plain text, 文字 and ① ✓", ""),
        ("soft\u00adhyphen, no\u00a0break, zero\u200bwidth, wide\u3000space, tab\t", ""),
        ("✅\ufe0f ❤\ufe0f and a name 葛\U000e0100", ""),
        ("u\u0308 and か\u3099 as some systems type them", ""),
        ("q\u0308, where no letter has that accent", "\u0308"),
        ("😀 before ก and 😀", "😀ก"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\U0001f469"),
        ("1\ufe0f\u20e3", "\u20e3"),
        ("\U0001f1e8\U0001f1f3", "\U0001f1e8\U0001f1f3"),
        ("bell\a", "\a"),
        ("\ue000\U0010fffd", "\ue000\U0010fffd"),
        ("\u1112\u1161\u11ab", "\u1112\u1161\u11ab"),
        ("", ""),
    ],
)
def test_what_no_font_can_draw_is_named_once_in_its_order(text: str, lacking: str) -> None:
    assert "".join(glyphs.missing(text)) == lacking


@pytest.mark.parametrize(
    ("char", "said"),
    [
        ("😀", "😀 U+1F600 GRINNING FACE"),
        ("\a", "U+0007"),
        ("\ue000", "U+E000"),
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
    ],
)
def test_a_character_is_described_so_that_it_can_be_looked_up(char: str, said: str) -> None:
    assert glyphs.describe(char) == said


def refused(texts: list[str], style: str = "<p>{}</p>") -> set[int]:
    """Return the code points of which the engine says that it has no glyph."""
    troubles = pdf.render(job(style.format(" ".join(map(escape, texts))))).troubles
    found = (re.findall(r"U\+([0-9A-F]{4,6})\)", trouble.detail) for trouble in troubles)
    return {int(code, 16) for codes in found for code in codes}


@pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014:ResourceWarning")
@pytest.mark.parametrize("style", ["<p>{}</p>", "<em>{}</em>", "<b>{}</b>", "<code>{}</code>"])
def test_the_engine_draws_whatever_is_not_named(style: str) -> None:
    chars = sorted(glyphs._drawn())[:: 1 if style == "<p>{}</p>" else 7]
    accents = [unicodedata.normalize("NFD", char) for char in chars if ord(char) < 0x2000]
    drawn = [text for text in accents if not glyphs.missing(text)]
    assert len(drawn) > len(accents) - 3
    # The typewriter font has fewer letters: what is typed apart there, only the engine can tell.
    assert refused([*chars, *(drawn if "code" not in style else ())], style) == set()


@pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014:ResourceWarning")
def test_whatever_is_named_the_engine_cannot_draw() -> None:
    """All the engine refuses is named; beside it, only what Unicode wants written otherwise."""
    known = set(range(1, 0x3400)) | set(range(0xA000, 0xA500)) | set(range(0xF900, 0x10000))
    known |= set(range(0x1D000, 0x20000, 3)) | set(range(0xE0000, 0xE0200))
    known -= {ord("\t"), ord("\n"), ord("\f"), ord("\r"), 0xFFFE, 0xFFFF}
    chars = [chr(code) for code in sorted(known) if unicodedata.category(chr(code)) != "Cn"]
    named = {ord(char) for char in chars if glyphs.missing(char)}
    engine = refused([f"x{char}y" for char in chars])
    assert engine - named == set()
    more = {code for code in named - engine if unicodedata.is_normalized("NFC", chr(code))}
    assert more == DECOMPOSED_BY_THE_ENGINE
