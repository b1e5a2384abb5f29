"""Read the source of a diagram: which program draws it, or what is wrong with it."""

import re
from dataclasses import dataclass

from qms_docs.text.diagrams import dot, flowchart, mermaid
from qms_docs.words.diagrams import KINDS, DiagramError, Flowchart

LONGEST = 20_000
"""Characters in the source of one diagram."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Graph:
    """A graph in Graphviz' own language, with nothing left that reaches out."""

    text: str


@dataclass(frozen=True)
class Other:
    """A Mermaid diagram that is no flow chart, with the settings of the house."""

    text: str


def plain(source: str) -> str:
    """Return a source with line feeds only and no mark at its start."""
    return source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def read(kind: str, source: str) -> Flowchart | Graph | Other:
    """Return what is to be drawn; raises DiagramError if the source is wrong or too long.

    Only a program that draws can find out the rest: what Graphviz or the reader of the other
    Mermaid diagrams does not understand, or takes too much of time or paper.
    """
    source = plain(source)
    _check(kind, source)
    if kind == "dot":
        return Graph(dot.plain(source))
    if flowchart.is_flowchart(source):
        return flowchart.read(source)
    word, line = mermaid.kind(source)
    if not word:
        raise DiagramError("diagram-empty")
    if word not in mermaid.PRINTED:
        kinds = ", ".join(("flowchart", *mermaid.PRINTED))
        raise DiagramError("diagram-kind", line, kind=word[:40], kinds=kinds)
    return Other(mermaid.configured(source))


def _check(kind: str, source: str) -> None:
    if kind not in KINDS:
        raise DiagramError("diagram-kind", kind=kind, kinds=", ".join(KINDS))
    if len(source) > LONGEST:
        raise DiagramError("diagram-too-long", most=LONGEST)
    if found := _CONTROL.search(source):
        line = source.count("\n", 0, found.start()) + 1
        raise DiagramError("diagram-character", line, code=f"U+{ord(found[0]):04X}")
