"""8xx: what is printed is what is written (ISO 9001:2015, 7.5.3.1)."""

import unicodedata
from collections.abc import Iterator

from qms_docs.rules.registry import rule
from qms_docs.text import glyphs
from qms_docs.words.findings import Finding, Place
from qms_docs.words.model import Manual
from qms_docs.words.printing import Printed

_BASIS = "ISO 9001:2015 7.5.3.1 a"


@rule("QMS801", "not-printable", basis=_BASIS, requires=("QMS503", "QMS802"))
def not_printable(manual: Manual) -> Iterator[Finding]:
    """Something in the text cannot be printed as it is written.

    Why:
        A character without a glyph becomes an empty box, a broken image becomes nothing: the
        reader does not see that something is missing. What the other rules cannot know before,
        is found while the PDF is made.
    Bad:
        ![Chart](chart.png), a file that is no image
    Good:
        ![Chart](chart.png), a sound image
    """
    return manual.problems_of("QMS801")


def unprinted(printed: Printed) -> Iterator[Finding]:
    """Yield what could not be printed as it is written."""
    for trouble in printed.troubles:
        yield Finding("QMS801", Place(printed.path), trouble.case, {"detail": trouble.detail})


@rule("QMS802", "missing-glyph", basis=_BASIS)
def missing_glyph(manual: Manual) -> Iterator[Finding]:
    """A character is in none of the shipped fonts.

    Why:
        An empty box would be printed in its place, and nobody can tell any more what stood
        there. Every PDF uses the shipped fonts, so that it looks the same everywhere. Each
        character is told once a document, where it stands first.
    Bad:
        Call back at once 😀
    Good:
        Call back at once ☺
    """
    for source in manual.sources:
        for found in source.content.unprintable:
            yield from _no_glyph(found.target, found.place)
    for text, place in _printed_beside(manual):
        for char in glyphs.missing(text):
            yield from _no_glyph(char, place)


def _printed_beside(manual: Manual) -> Iterator[tuple[str, Place]]:
    """Yield what is printed beside the bodies: fields, values of parameters, included tables."""
    for document in manual.documents:
        place, change = document.source.place, document.change
        yield document.title, place("title")
        yield change.reason, place("change", "reason")
        yield change.summary, place("change", "summary")
    for parameter in (manual.parameters or {}).values():
        yield "".join(parameter.value.values()), parameter.places["value"]
        yield "".join(parameter.unit.values()), parameter.places.get("unit", parameter.place)
    for path, rows in manual.tables.items():
        yield "".join(cell for row in rows for cell in row), Place(path)


def _no_glyph(char: str, place: Place) -> Iterator[Finding]:
    # What is no character for people at all, QMS112 finds.
    if char != "\ufffd" and unicodedata.category(char) != "Cc":
        yield Finding("QMS802", place, values={"character": glyphs.describe(char)})


RULES = (not_printable, missing_glyph)
