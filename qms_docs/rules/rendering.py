"""8xx: what is printed is what is written (ISO 9001:2015, 7.5.3.1)."""

import unicodedata
from collections.abc import Iterator

from qms_docs.rules.registry import rule
from qms_docs.text import glyphs
from qms_docs.words.findings import Finding, Place
from qms_docs.words.manual import Manual
from qms_docs.words.printing import Printed

MOST_COLUMNS = 30
"""More columns than this have no room for a word, in the smallest type on the widest page."""
_BASIS = "ISO 9001:2015 7.5.3.1 a"


@rule("QMS801", "not-printable", basis=_BASIS, requires=("QMS503", "QMS802", "QMS803"))
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
        place, values = Place(printed.path, trouble.line or 1), {"detail": trouble.detail}
        if trouble.case == "edge":
            yield Finding("QMS804", place, values=values)
        elif not printed.data:
            yield Finding("QMS806", place, values={**values, "reason": trouble.case})
        else:
            yield Finding("QMS801", place, trouble.case, values)


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


@rule("QMS803", "broken-image", basis=_BASIS)
def broken_image(manual: Manual) -> Iterator[Finding]:
    """An image is damaged, or a part of it would be lost in print.

    Why:
        A chart with a missing step is a rule with a missing step, and the printed page does not
        show that something is missing. Of a drawing, text in HTML (foreignObject), scripts,
        animations, filters and all that stands in other files are not printed. An image that
        cannot be drawn at all gives way to its alternative text.
    Bad:
        ![Escalation](escalation.svg), in which the labels are foreignObject
    Good:
        ![Escalation](escalation.svg), in which the labels are text
    """
    for source in manual.sources:
        for image in source.content.images:
            for flaw in manual.flaws.get(image.path or "", ()):
                values = {"target": image.target, "detail": flaw.detail, "line": str(flaw.line)}
                yield Finding("QMS803", image.place, flaw.case, values)


@rule("QMS804", "past-the-edge", basis=_BASIS, requires=("QMS805",))
def past_the_edge(manual: Manual) -> Iterator[Finding]:
    """Something does not fit where it is printed.

    Why:
        What lies past the edge of the paper is cut off, and what runs over its neighbour cannot
        be read; yet the file still holds it, so that a search finds it and nobody notices. What
        can be done is done before: a table with wide columns turns and gets smaller type, long
        words and code are broken, images are made to fit. Found while the PDF is made.
    Bad:
        title: a sentence of two hundred characters, on top of every page
    Good:
        title: Complaint handling
    """
    return manual.problems_of("QMS804")


@rule("QMS805", "beyond-limits", basis=_BASIS)
def beyond_limits(manual: Manual) -> Iterator[Finding]:
    """A table has too many columns, text stands too deeply in lists, or a word never ends.

    Why:
        No page is wide enough for such a table in letters that can be read. What stands too
        deep, and the end of such a word, is not even printed.
    Bad:
        a table of 60 columns, a list of 12 levels
    Good:
        two tables, a list of 3 levels
    """
    for source in manual.sources:
        for place in source.content.nested:
            yield Finding("QMS805", place, "depth")
        for place in source.content.long_words:
            yield Finding("QMS805", place, "word")
        for table in source.content.tables:
            if len(table.heading) > MOST_COLUMNS:
                values = {"columns": str(len(table.heading)), "most": str(MOST_COLUMNS)}
                yield Finding("QMS805", table.place, "columns", values)


@rule("QMS806", "not-printed", basis=_BASIS, requires=("QMS805",))
def not_printed(manual: Manual) -> Iterator[Finding]:
    """A document could not be printed; there is no PDF of it.

    Why:
        The PDF engine gave up, took too long or used too much memory. The other documents are
        printed all the same, so that one document does not stop the work on all.
    Bad:
        a table of 20,000 rows
    Good:
        the rows that people read; the others in a data file
    """
    return manual.problems_of("QMS806")


def _no_glyph(char: str, place: Place) -> Iterator[Finding]:
    # What is no character for people at all, QMS112 finds.
    if char != "\ufffd" and unicodedata.category(char) != "Cc":
        yield Finding("QMS802", place, values={"character": glyphs.describe(char)})


@rule("QMS807", "left-out", basis=_BASIS)
def left_out(manual: Manual) -> Iterator[Finding]:
    """Something in the text has no place in print.

    Why:
        Markdown drops a footnote that no mark leads to, all but the last footnote of a name,
        what stands behind the last column of a table, an address with a name (`[limits]: …`)
        that no link uses, and words behind the language of a code block. The author sees it in
        the source, the reader does not.
    Bad:
        [^days]: Working days, without a mark [^days] in the text
    Good:
        … within 15 days.[^days]
        [^days]: Working days
    """
    for source in manual.sources:
        for each in source.content.left_out:
            yield Finding("QMS807", each.place, each.text, {"what": each.target})


RULES = (
    not_printable,
    missing_glyph,
    broken_image,
    past_the_edge,
    beyond_limits,
    not_printed,
    left_out,
)
