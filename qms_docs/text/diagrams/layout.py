"""Write a flow chart for Graphviz: the one look of our charts, and where lines of text break.

Measures are in points (fonts, lines) and inches (distances), as Graphviz wants them.
"""

import re
from collections.abc import Iterator, Mapping

from tinycss2.color3 import RGBA, parse_color  # type: ignore[import-untyped]  # no types

from qms_docs.text.diagrams.look import EDGE, GRAPH, NODE
from qms_docs.words.diagrams import Edge, Flowchart

_LABEL = 'shape=plaintext style=solid fontsize=8 fontcolor="#57606a" margin="0.04,0.02" width=0'
_HEADING = 'labelloc=t labeljust=l fontsize=9 fontname="QMS Sans Bold"'
_SHAPES = {
    "box": "",
    "round": 'style="rounded,filled"',
    "stadium": 'style="rounded,filled" margin="0.16,0.06"',
    "circle": 'shape=circle margin="0,0"',
    "double": 'shape=circle margin="0,0" peripheries=2',
    "ellipse": 'shape=ellipse margin="0.02,0.02"',
    "subroutine": "peripheries=2",
    "cylinder": "shape=cylinder",
    "lean-right": 'shape=parallelogram margin="0,0.06"',
    "lean-left": 'shape=polygon sides=4 skew=-0.4 margin="0,0.06"',
    "trapezoid": 'shape=trapezium margin="0,0.06"',
    "manual": 'shape=invtrapezium margin="0,0.06"',
    "hexagon": 'shape=hexagon margin="0.02,0.06"',
    "diamond": 'shape=diamond margin="0.04,0.03"',
    "flag": "shape=cds",
    "document": "shape=note",
    "text": "shape=plaintext style=solid",
}
_POINTED = ("diamond", "circle", "double", "hexagon")
_MARKS = {"": "none", "arrow": "normal", "circle": "odot", "cross": "tee"}
_STROKES = {"solid": "", "dotted": "style=dashed", "thick": "penwidth=2", "none": "style=invis"}
_WIDE, _NARROW, _SMALL = 14, 11, 10
"""So many Chinese characters go into a line of a box, of a pointed frame, on an edge."""
_HAN = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
# What must not begin a line stays with what stands before it, what must not end one with what
# comes after it (GB/T 15834-2011, 5.1).
_OPENING = r"\u201c\u2018\uff08\u300a\u3008\u3010\u300e\u300c"
_CLOSING = (
    r"\uff0c\u3002\u3001\uff1a\uff1b\uff1f\uff01\uff09"
    r"\u201d\u2019\u300b\u3009\u3011\u300f\u300d\u2026"
)
_PIECE = re.compile(rf"[ ]?[{_OPENING}]*(?:[{_HAN}]|[^\s{_HAN}{_CLOSING}]+|)[{_CLOSING}]*")
_PIXELS = re.compile(r"(\d{1,2}(?:\.\d{1,3})?)(?:px)?\Z")


def to_dot(chart: Flowchart, direction: str = "") -> str:
    """Return a chart in Graphviz' language, in another direction if one is given.

    A label on an edge is a node of its own in the middle, so that no line runs through words.
    """
    return " ".join(_Writer(chart).lines(direction or chart.direction))


def wrapped(label: str, most: float) -> list[str]:
    """Return a label in lines of about the same length, none much over `most` characters.

    A Chinese character counts 1, any other half of one. Words are not parted.
    """
    return [part for line in label.split("\n") for part in _balanced(line, most)]


def _balanced(line: str, most: float) -> list[str]:
    """Return the fewest lines, with as little room as they need."""
    lines = _filled(line, most)
    while most > 1 and len(closer := _filled(line, most - 0.5)) == len(lines):
        lines, most = closer, most - 0.5
    return lines


def _filled(line: str, room: float) -> list[str]:
    lines = [""]
    for piece in filter(None, _PIECE.findall(line)):
        if lines[-1] and _length(lines[-1] + piece) > room:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip(" ")
    return lines


def _length(text: str) -> float:
    return sum(1.0 if char > "\u2e7f" else 0.5 for char in text)


class _Writer:
    """Writes the parts of one chart under names of its own: n1, e1, cluster_1."""

    def __init__(self, chart: Flowchart) -> None:
        self._chart = chart
        self._ids = {name: f"n{number}" for number, name in enumerate(chart.nodes)}
        self._ids |= {name: f"cluster_{number}" for number, name in enumerate(chart.groups)}
        self._around = {name: chart.around(name) for name in self._ids}
        self._labelled = any(edge.label for edge in chart.edges)

    def lines(self, direction: str) -> Iterator[str]:
        # Labels take a rank between those of the nodes, so these are drawn closer.
        between = 0.13 if self._labelled else 0.3
        title = _quoted([self._chart.title])
        yield f"digraph {{ graph [{GRAPH} rankdir={direction} ranksep={between} newrank=true"
        yield f"compound=true label={title} labelloc=t fontsize=11] node [{NODE}] edge [{EDGE}]"
        yield from self._inside("")
        for number, edge in enumerate(self._chart.edges):
            yield from self._edge(number, edge)
        yield "}"

    def _inside(self, around: str) -> Iterator[str]:
        """Write what stands in a group, or outside all groups."""
        for name, group in self._chart.groups.items():
            if group.parent == around:
                label = _quoted(wrapped(group.label, 2 * _WIDE))
                yield f"subgraph {self._ids[name]} {{ graph [label={label} {_HEADING}"
                yield f"{_style(group.style, 'bgcolor')}]"
                yield from self._inside(name)
                yield "}"
        for name, node in self._chart.nodes.items():
            if (self._around[name] or [""])[0] == around:
                label = _quoted(wrapped(node.label, _NARROW if node.shape in _POINTED else _WIDE))
                style = _style(node.style, "fillcolor")
                yield f"{self._ids[name]} [label={label} {_SHAPES[node.shape]} {style}]"
        for number, edge in enumerate(self._chart.edges):
            if edge.label and self._common(edge) == around:
                yield f"e{number} [label={_quoted(wrapped(edge.label, _SMALL))} {_LABEL}]"

    def _edge(self, number: int, edge: Edge) -> Iterator[str]:
        tail, leave = self._end(edge.tail, "ltail")
        head, enter = self._end(edge.head, "lhead")
        line = _STROKES[edge.stroke]
        first = f"dir=both arrowtail={_MARKS[edge.tail_mark]} {line} {leave}"
        last = f"arrowhead={_MARKS[edge.head_mark]} {line} {enter}"
        if edge.label:
            yield f"{tail} -> e{number} [{first} arrowhead=none]"
            yield f"e{number} -> {head} [{last} minlen={2 * edge.length - 1}]"
        else:
            length = edge.length * 2 if self._labelled else edge.length
            yield f"{tail} -> {head} [{first} {last} minlen={length}]"

    def _end(self, name: str, attribute: str) -> tuple[str, str]:
        """Return the node at the end of an edge and, for a group, that it ends at the frame."""
        if name in self._chart.nodes:
            return self._ids[name], ""
        inside = next(one for one in self._chart.nodes if name in self._around[one])
        return self._ids[inside], f"{attribute}={self._ids[name]}"

    def _common(self, edge: Edge) -> str:
        """Return the smallest group around both ends of an edge."""
        groups = self._around[edge.head]
        return next((group for group in self._around[edge.tail] if group in groups), "")


def _quoted(lines: list[str]) -> str:
    text = "\\n".join(
        line.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for line in lines
    )
    return f'"{text}"'


def _style(properties: Mapping[str, str], fill: str) -> str:
    """Return what an author set, as far as it is a plain color or width."""
    names = {"fill": fill, "stroke": "color", "color": "fontcolor"}
    found = []
    for name, value in properties.items():
        color = parse_color(value) if name in names else None
        if isinstance(color, RGBA) and color.alpha > 0:
            red, green, blue = (round(255 * part) for part in color[:3])
            found.append(f'{names[name]}="#{red:02x}{green:02x}{blue:02x}"')
        elif name == "stroke-width" and (width := _PIXELS.match(value)):
            found.append(f"penwidth={0.75 * float(width[1]):g}")
    return " ".join(found)
