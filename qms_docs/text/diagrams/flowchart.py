"""Read Mermaid flow charts: nodes, edges and groups, with everything that is written on them.

Print has to show what forges draw in a pull request. What only a screen can do (clicks, icons,
animation) and the direction inside a group are passed over; anything else that is not understood
is an error, never a gap in the drawing.
"""

import re
from collections import ChainMap
from collections.abc import Mapping

from qms_docs.text.diagrams import grammar, mermaid
from qms_docs.words.diagrams import DiagramError, Edge, Flowchart, Group, Node

MOST, DEEPEST = 500, 20
"""A chart of more nodes, edges and groups is not for reading; groups are in each other so deep."""


def is_flowchart(source: str) -> bool:
    """Say whether a Mermaid text is a flow chart, and so for `read`."""
    return grammar.HEADER.match(mermaid.bare(source)) is not None


def read(source: str) -> Flowchart:
    """Return a chart; raises DiagramError with the line that is not understood."""
    reader = _Reader(mermaid.bare(source))
    chart = reader.read()
    chart.title = mermaid.title(source)
    return chart


class _Reader:
    """Reads one statement after the other; `_at` is where it stands in the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._chart = Flowchart()
        self._open: list[tuple[str, int]] = []
        self._named: dict[str, list[str]] = {}
        self._classes: dict[str, dict[str, str]] = {}
        self._worn: dict[str, list[str]] = {}
        self._links: set[str] = set()

    def read(self) -> Flowchart:
        header = self._take(grammar.HEADER)
        if header is None:
            raise self._error()
        self._chart.direction = grammar.DIRECTIONS.get(header[1], header[1]) or "TB"
        while self._ended() and self._take(grammar.GAP) and self._at < len(self._text):
            self._statement()
        if self._open:
            raise DiagramError("diagram-unclosed", self._open[-1][1])
        return self._finished()

    def _take(self, *patterns: re.Pattern[str]) -> re.Match[str] | None:
        for pattern in patterns:
            if found := pattern.match(self._text, self._at):
                self._at = found.end()
                return found
        return None

    def _ended(self) -> bool:
        if self._take(grammar.END) is None:
            raise self._error()
        return True

    def _line(self) -> int:
        return self._text.count("\n", 0, self._at) + 1

    def _error(self) -> DiagramError:
        found = self._text[self._at :].lstrip(" \t").split("\n", 1)[0][:40].rstrip()
        return DiagramError("diagram-syntax", self._line(), found=found)

    def _count(self) -> None:
        parts = (self._chart.nodes, self._chart.edges, self._chart.groups)
        if sum(map(len, parts)) > MOST or len(self._open) > DEEPEST:
            raise DiagramError("diagram-too-many", self._line(), most=MOST, deepest=DEEPEST)

    def _statement(self) -> None:
        start = self._at
        keyword = self._take(grammar.KEYWORD)
        if keyword is None:
            self._chain()
        elif keyword[1] == "end":
            self._at = keyword.end(1)
            self._close(start)
        elif keyword[1]:
            self._setting(keyword[1], keyword[2].strip())

    def _setting(self, keyword: str, rest: str) -> None:
        if keyword == "subgraph":
            self._enter(rest)
        elif keyword == "class":
            names, _, worn = rest.rpartition(" ")
            for name in names.split(","):
                self._worn.setdefault(name.strip(), []).append(worn)
        elif keyword in ("style", "classDef"):
            names, _, style = rest.partition(" ")
            for name in names.split(","):
                if keyword == "classDef":
                    self._classes[name] = _properties(style)
                else:
                    self._node(name).style |= _properties(style)

    def _enter(self, rest: str) -> None:
        found = grammar.LANE.match(rest)
        line = self._line()
        name = found["name"] if found else mermaid.words(rest) or f" {line}"
        label = mermaid.words(found["label"] if found else rest)
        parent = self._open[-1][0] if self._open else ""
        self._chart.groups.setdefault(name, Group(label, parent))
        self._open.append((name, line))
        self._count()

    def _close(self, start: int) -> None:
        """End a group: it holds what was named in it and in no group that ended before."""
        if not self._open:
            self._at = start
            raise self._error()
        name, _ = self._open.pop()
        taken = {member for group in self._chart.groups.values() for member in group.members}
        named = dict.fromkeys(self._named.pop(name, []))
        self._chart.groups[name].members += [member for member in named if member not in taken]

    def _chain(self) -> None:
        line = self._line()
        tails = self._nodes()
        while link := self._take(*grammar.LINKS):
            self._links.add(link[1])
            heads = self._nodes()
            self._chart.edges += [_edge(link, tail, head, line) for tail in tails for head in heads]
            tails = heads
            self._count()

    def _nodes(self) -> list[str]:
        names = [self._vertex()]
        while self._take(grammar.AND):
            names.append(self._vertex())
        return names

    def _vertex(self) -> str:
        found = self._take(grammar.NAME)
        if found is None:
            raise self._error()
        name, node = found[0], self._node(found[0])
        if self._open:
            self._named.setdefault(self._open[-1][0], []).append(name)
        for pattern, shape in grammar.FRAMES:
            if frame := self._take(pattern):
                node.label, node.shape = mermaid.words(frame[1]), shape
                break
        if options := self._take(grammar.OPTIONS):
            self._option(node, dict(grammar.OPTION.findall(options[1])))
        if worn := self._take(grammar.WORN):
            self._worn.setdefault(name, []).append(worn[1])
        return name

    def _node(self, name: str) -> Node:
        return self._chart.nodes.setdefault(name, Node(name))

    def _option(self, node: Node, written: Mapping[str, str]) -> None:
        if "img" in written:
            raise DiagramError("diagram-file", self._line(), name="img")
        if "label" in written:
            node.label = mermaid.words(written["label"])
        if "shape" in written:
            node.shape = grammar.SHAPES.get(written["shape"].strip(' "'), "box")

    def _finished(self) -> Flowchart:
        """Put on the classes, and tell nodes from groups and from edges with a name."""
        chart = self._chart
        for name, node in chart.nodes.items():
            worn = [self._classes.get(one, {}) for one in ("default", *self._worn.get(name, ()))]
            node.style = dict(ChainMap(node.style, *reversed(worn)))
        for name in self._links - {end for edge in chart.edges for end in (edge.tail, edge.head)}:
            chart.nodes.pop(name, None)
        for name, group in chart.groups.items():
            group.style = chart.nodes.pop(name, Node("")).style
        for name, group in reversed(list(chart.groups.items())):
            group.members = [member for member in group.members if member in chart.nodes]
            if not group.members and all(one.parent != name for one in chart.groups.values()):
                self._make_node(name, chart.groups.pop(name))
        for edge in chart.edges:
            if chart.is_inside(edge.tail, edge.head) or chart.is_inside(edge.head, edge.tail):
                raise DiagramError("diagram-own-group", edge.line)
        return chart

    def _make_node(self, name: str, group: Group) -> None:
        """Turn an empty group into a node: it has nothing to put a frame around."""
        self._chart.nodes[name] = Node(group.label, style=group.style)
        if group.parent:
            self._chart.groups[group.parent].members.append(name)


def _edge(link: re.Match[str], tail: str, head: str, line: int) -> Edge:
    stroke = link["stroke"]
    kinds = ((".", "dotted"), ("=", "thick"), ("~", "none"))
    return Edge(
        tail,
        head,
        label=mermaid.words(link["words"] or ""),
        stroke=next((kind for sign, kind in kinds if sign in stroke), "solid"),
        tail_mark=grammar.MARKS.get(link["tail"], ""),
        head_mark=grammar.MARKS.get(stroke[-1], ""),
        length=max(stroke.count(".") or len(stroke) - 2, 1),
        line=line,
    )


def _properties(written: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in grammar.COMMA.split(written))
    return {name.strip(): value.strip() for name, _, value in pairs if value}
