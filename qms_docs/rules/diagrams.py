"""809: diagrams are drawn as they are written (ISO 9001:2015, 7.5.3.1)."""

from collections.abc import Iterator
from dataclasses import replace

from qms_docs.rules.registry import rule
from qms_docs.words.diagrams import DiagramError
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual
from qms_docs.words.model import Diagram


@rule("QMS809", "diagram", basis="ISO 9001:2015 7.5.3.1 a")
def diagram(manual: Manual) -> Iterator[Finding]:
    """A diagram cannot be drawn as it is written, or has no alternative text.

    Why:
        A step that is missing in a flow chart is a step that is not taken; a reader who cannot
        see the chart has only its alternative text (ISO 14289-1, 7.3). What only the drawing
        shows, such as a chart too large for the page, is found while the page is made.
    Bad:
        A -> B, which is no line in Mermaid
    Good:
        %% alt: The officer grades the complaint, then answers
        A --> B
    """
    for source in manual.sources:
        for each in source.content.diagrams:
            yield from misread(each)
            # Here and below, for most manuals have no diagram, and the readers take long to load.
            from qms_docs.text.diagrams import mermaid

            if not mermaid.alternative(each.source).strip():
                yield Finding("QMS809", each.place, "alt")
    yield from manual.problems_of("QMS809")


def misread(diagram: Diagram) -> Iterator[Finding]:
    """Yield what is wrong with a diagram before anything is drawn."""
    from qms_docs.text.diagrams import reading

    try:
        reading.read(diagram.kind, diagram.source)
    except DiagramError as error:
        yield undrawn(diagram, error)


def undrawn(diagram: Diagram, error: DiagramError) -> Finding:
    """Return why a diagram is not drawn, at the line of the file where it goes wrong."""
    place = replace(diagram.place, line=diagram.place.line + error.line)
    values = {name: value for name, value in error.values.items() if name != "line"}
    return Finding("QMS809", place, error.key.removeprefix("diagram-"), values)


RULES = (diagram,)
