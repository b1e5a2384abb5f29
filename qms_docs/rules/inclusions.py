"""5xx: what a text includes is there and can be read (ISO 9001:2015, 7.5.3.1 a)."""

import posixpath
from collections.abc import Iterator

from qms_docs.judge import usage
from qms_docs.rules.references import no_file
from qms_docs.rules.registry import rule
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual
from qms_docs.words.model import Reference, Source
from qms_docs.words.printing import IMAGE_TYPES

_BASIS = "ISO 9001:2015 7.5.3.1 a"


@rule("QMS504", "missing-image", basis=_BASIS)
def missing_image(manual: Manual) -> Iterator[Finding]:
    """An image does not exist, is of no kind that can be printed, or has no alternative text.

    Why:
        A chart that is not printed is a rule that is not told; a reader who cannot see it has
        only its alternative text (ISO 14289-1, 7.3).
    Bad:
        ![](escalation.svg)
    Good:
        ![Escalation: officer, manager, general manager](escalation.svg)
    """
    for source in manual.sources:
        for image in source.content.images:
            if image.path is not None and image.path not in manual.paths:
                yield no_file(manual, "QMS504", image, image.path, "missing")
            if posixpath.splitext(image.target)[1].lower() not in IMAGE_TYPES:
                values = {"target": image.target, "known": " ".join(IMAGE_TYPES)}
                yield Finding("QMS504", image.place, "kind", values)
            if not image.text.strip():
                yield Finding("QMS504", image.place, "words", {"target": image.target})


@rule("QMS509", "parameter", basis=_BASIS)
def parameter(manual: Manual) -> Iterator[Finding]:
    """A quoted parameter does not exist, has no value in this language, or has no known source.

    Why:
        A limit that several documents quote must be the same in all of them. It stands once, in
        manual/parameters.yaml, with the role that answers for it and where it comes from. A
        heading quotes none, because links to it would break when the value changes.
    Bad:
        The answer is sent within {{complaint-anwser}}.
    Good:
        The answer is sent within {{complaint-answer}}.
    """
    if manual.parameters is None:
        return
    for source in manual.sources:
        for quote in source.content.quotes:
            yield from _wrong(manual, source, quote)
    for each in manual.parameters.values():
        for identification in usage.mentioned(each.source):
            if identification not in manual.identifications:
                values = {"name": each.name, "id": identification}
                yield Finding("QMS509", each.places["source"], "source", values)


def _wrong(manual: Manual, source: Source, quote: Reference) -> Iterator[Finding]:
    known = manual.parameters or {}
    language = str(source.metadata.get("language", manual.policy.master))
    values = {"name": quote.target, "language": language}
    if quote.text == "heading":
        yield Finding("QMS509", quote.place, "heading", values)
    if quote.target not in known:
        names = ", ".join(sorted(known)[:8]) or "\u2013"
        yield Finding("QMS509", quote.place, "unknown", {**values, "known": names})
    elif manual.value(quote.target, language) is None:
        yield Finding("QMS509", quote.place, "language", values)


@rule("QMS510", "data-table", basis=_BASIS)
def data_table(manual: Manual) -> Iterator[Finding]:
    """A CSV file that a text includes is no table.

    Why:
        A paragraph that is nothing but a link to a CSV file is printed as the table in it. A row
        with a cell too many would put values under the wrong heading.
    Bad:
        Grade,Days
        B,30,60
    Good:
        Grade,Days
        B,30
    """
    return manual.problems_of("QMS510")


RULES = (missing_image, parameter, data_table)
