"""The process map as a drawing: groups of boxes, each with what it gives and to whom.

Lines between eighteen processes would be a web; a small number names the receiver instead. What
comes from outside stands at the left, what goes there at the right. The same map, the same bytes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from xml.sax.saxutils import escape, quoteattr

from qms_docs.text.diagrams.layout import wrapped
from qms_docs.text.diagrams.svg import FAMILY
from qms_docs.text.messages import label
from qms_docs.words.extracts import MapFlow, MapGroup, MapProcess, ProcessMap, short

WIDTH = 1080.0
"""Points: a landscape page of size A3 between its margins."""
_SIDE, _GUTTER, _GAP, _PAD = 132.0, 28.0, 10.0, 8.0
_MOST = 6
"""Boxes in a row."""
_HEADING, _TITLE, _WORDS, _NUMBER = 10.5, 9.5, 7.6, 6.8
"""Sizes of letters."""
_TITLE_LINE, _WORDS_LINE = 11.9, 10.0
_BADGE = (17.0, 12.5)
_CHIP = (13.0, 9.6)
_EM = 1.08
"""How much wider than the mean our letters may be."""
_TONES = ("#1f4e79", "#3f7fae", "#6b7785", "#2f7f7a")
"""One for each group, again from the first if there are more."""
_INK, _QUIET, _RULE, _GROUND = "#1b1f24", "#57606a", "#c3ccd5", "#f6f8fa"
_FRAME = f'fill="#ffffff" stroke="{_RULE}" stroke-width="0.7"'
_BOLD = 'font-weight="bold"'


def drawing(found: ProcessMap, language: str, links: Mapping[str, str] | None = None) -> bytes:
    """Return the map as SVG; `links` lead from processes to their documents, for a browser."""
    return _Drawing(found, language, links or {}).svg()


@dataclass(frozen=True)
class _Set:
    """A flow as it is set: the numbers of its processes, and its words in lines."""

    numbers: tuple[str, ...]
    words: tuple[str, ...]

    @classmethod
    def of(cls, flow: MapFlow, room: float) -> "_Set":
        """Set a flow into so much room."""
        numbers = tuple(map(short, flow.documents))
        room -= len(numbers) * (_CHIP[0] + 2) + 2
        return cls(numbers, tuple(wrapped(flow.words, room / _WORDS / _EM)))

    @property
    def height(self) -> float:
        """What it takes down the page."""
        return len(self.words) * _WORDS_LINE + 2.4


@dataclass(frozen=True)
class _Box:
    """A process as it is set."""

    process: MapProcess
    title: tuple[str, ...]
    flows: tuple[_Set, ...]

    @classmethod
    def of(cls, process: MapProcess, width: float) -> "_Box":
        """Set a process into a box so wide."""
        room = width - 2 * _PAD
        title = wrapped(process.document.title, (room - _BADGE[0] - 5) / _TITLE / _EM)
        inside = (flow for flow in process.gives if flow.documents)
        return cls(process, tuple(title), tuple(_Set.of(flow, room) for flow in inside))

    @property
    def head(self) -> float:
        """Where its flows begin."""
        return len(self.title) * _TITLE_LINE + 2 * _PAD - 2

    @property
    def height(self) -> float:
        """What it takes down the page."""
        return self.head + sum(flow.height for flow in self.flows) + _PAD


@dataclass
class _Drawing:
    """The parts of an SVG, in the order in which they are painted."""

    found: ProcessMap
    language: str
    links: Mapping[str, str]
    parts: list[str] = field(default_factory=list)

    @cached_property
    def tones(self) -> Mapping[str, str]:
        """Number of a process → the tone of its group."""
        return {
            process.number: _TONES[place % len(_TONES)]
            for place, group in enumerate(self.found.groups)
            for process in group.processes
        }

    def svg(self) -> bytes:
        """Draw everything and return it."""
        left, below = _SIDE + _GUTTER, 0.0
        for place, group in enumerate(self.found.groups):
            below = self._group(group, _TONES[place % len(_TONES)], left, below) + _GAP
        height = max(below - _GAP, 0)
        inward, outward = _outside(self.found)
        self._side(0, height, label("map-from", self.language), inward)
        self._side(WIDTH - _SIDE, height, label("map-to", self.language), outward)
        for x in (_SIDE, WIDTH - left):
            self._arrow(x + 4, height / 2)
        body = "\n".join(self.parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:.1f}"'
            f' width="{WIDTH:g}pt" height="{height:.1f}pt" font-family={quoteattr(FAMILY)}'
            f' fill="{_INK}" xml:lang="{self.language}">\n{body}\n</svg>\n'
        ).encode()

    def _group(self, group: MapGroup, tone: str, x: float, y: float) -> float:
        """Draw a group and return where it ends."""
        columns = min(_MOST, len(group.processes))
        room = WIDTH - 2 * x
        width = (room - 2 * _PAD - (columns - 1) * _GAP) / columns
        boxes = [_Box.of(process, width) for process in group.processes]
        rows = [boxes[start : start + columns] for start in range(0, len(boxes), columns)]
        tallest = [max(box.height for box in row) for row in rows]
        height = 22 + sum(tallest) + _GAP * (len(rows) - 1) + _PAD
        self._frame(x, y, room, height, f'fill="{_GROUND}"', 7)
        self._text(x + _PAD + 2, y + 15, group.name, _HEADING, f'{_BOLD} fill="{tone}"')
        below = y + 22
        for row, tall in zip(rows, tallest, strict=True):
            for place, box in enumerate(row):
                self._box(box, x + _PAD + place * (width + _GAP), below, width, tall)
            below += tall + _GAP
        return y + height

    def _box(self, box: _Box, x: float, y: float, width: float, height: float) -> None:
        number = box.process.number
        address = self.links.get(box.process.document.id)
        self.parts += [f"<a href={quoteattr(address)}>"] if address else []
        self._frame(x, y, width, height, _FRAME)
        self._numbered(number, x + _PAD, y + _PAD - 1, _BADGE, is_filled=True)
        for place, line in enumerate(box.title):
            left, base = x + _PAD + _BADGE[0] + 5, y + _PAD + 8.6 + place * _TITLE_LINE
            self._text(left, base, line, _TITLE, _BOLD)
        below = y + box.head
        for flow in box.flows:
            self._flow(flow, x + _PAD, below)
            below += flow.height
        self.parts += ["</a>"] if address else []

    def _flow(self, flow: _Set, x: float, y: float) -> None:
        for number in flow.numbers:
            self._numbered(number, x, y, _CHIP)
            x += _CHIP[0] + 2
        for place, line in enumerate(flow.words):
            self._text(x + 2, y + 7.4 + place * _WORDS_LINE, line, _WORDS)

    def _side(self, x: float, height: float, title: str, sides: "_Sides") -> None:
        """Draw who is outside, and what they give or get."""
        self._frame(x, 0, _SIDE, height, _FRAME, 7)
        x, room = x + _PAD + 2, _SIDE - 2 * _PAD - 4
        self._text(x, 15, title, _HEADING, _BOLD)
        names = {party: wrapped(party, room / _TITLE / _EM) for party in sides}
        flows = {party: [_Set.of(each, room) for each in sides[party]] for party in sides}
        heights = {
            party: len(names[party]) * _TITLE_LINE + 4 + sum(each.height for each in flows[party])
            for party in sides
        }
        spare = height - 30 - sum(heights.values())
        gap = min(max(spare / max(len(sides), 1), 6), 18)
        below = 30.0
        for party in sides:
            for place, line in enumerate(names[party]):
                self._text(x, below + 9 + place * _TITLE_LINE, line, _TITLE, _BOLD)
            start = below + len(names[party]) * _TITLE_LINE + 3
            for each in flows[party]:
                self._flow(each, x, start)
                start += each.height
            below += heights[party] + gap

    def _numbered(
        self, number: str, x: float, y: float, size: tuple[float, float], *, is_filled: bool = False
    ) -> None:
        """Draw the number of a process: full where it stands, in outline where it is named."""
        width, height = size
        tone = self.tones.get(number, _QUIET)
        paint = f'fill="{tone}"' if is_filled else f'fill="none" stroke="{tone}" stroke-width="0.8"'
        letters = _TITLE - 1 if is_filled else _NUMBER
        self._frame(x, y, width, height, paint, 3 if is_filled else 2.4)
        ink = "#ffffff" if is_filled else tone
        paint = f'{_BOLD} fill="{ink}" text-anchor="middle"'
        self._text(x + width / 2, y + height / 2 + letters * 0.36, number, letters, paint)

    def _frame(
        self, x: float, y: float, width: float, height: float, paint: str, corner: float = 4
    ) -> None:
        place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
        self.parts.append(f'<rect {place} rx="{corner:g}" {paint}/>')

    def _text(self, x: float, y: float, words: str, size: float, paint: str = "") -> None:
        place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"'
        self.parts.append(f"<text {place} {paint}>{escape(words)}</text>")

    def _arrow(self, x: float, y: float) -> None:
        path = f"M{x:.1f} {y - 6:.1f} h10 v-6 l10 12 l-10 12 v-6 h-10 z"
        self.parts.append(f'<path d="{path}" fill="{_RULE}"/>')


_Sides = Mapping[str, list[MapFlow]]
"""Who is outside → what they give or get, with the process inside as the document."""


def _outside(found: ProcessMap) -> tuple[_Sides, _Sides]:
    """Return what comes from outside, and what goes there."""
    processes = [process for group in found.groups for process in group.processes]
    inward = ((flow, process) for process in processes for flow in process.takes)
    outward = ((flow, process) for process in processes for flow in process.gives)
    return _by_party(inward), _by_party(outward)


def _by_party(flows: Iterable[tuple[MapFlow, MapProcess]]) -> _Sides:
    found: dict[str, list[MapFlow]] = defaultdict(list)
    for flow, process in flows:
        if flow.party:
            found[flow.party].append(replace(flow, documents=(process.document.id,)))
    return found
