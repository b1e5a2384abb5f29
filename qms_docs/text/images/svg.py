"""What a drawing (SVG) would lose in print, read without drawing it.

The engine leaves out in silence what it does not know, takes nothing from outside the file, and
draws whatever is used a thousand million times a thousand million times.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from xml.parsers import expat

from qms_docs.text import glyphs
from qms_docs.words.model import Flaw

MOST_PARTS = 50_000
"""So many parts take some three seconds to draw; each use of a part counts."""
DEEPEST = 200
"""So many parts may stand in one another, uses included."""
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_INCLUDE = "http://www.w3.org/2001/XInclude include"
_DRAWN = re.compile(
    "svg|g|a|defs|symbol|use|image|circle|ellipse|line|path|polyline|polygon|rect|text|textPath|tspan|"
    "title|desc|metadata|style|linearGradient|radialGradient|stop|pattern|clipPath|mask|marker|view"
)
"""What the engine draws, or what draws nothing anywhere."""
_WORDS = {"text", "textPath", "tspan", "a"}
_URL = re.compile(r"url\(\s*['\"]?([^'\")]*)")
_IMPORT = re.compile(r"@import\s+([^;]+)")
_MEASURE = re.compile(r"\s*([^\s,a-z%]*(?:e[+-]?[0-9]+)?)(?:px|pt|pc|mm|cm|in|em|ex|rem|%)?\s*")


@dataclass
class _Part:
    line: int
    name: str
    is_lost: bool = False
    """It is not drawn, whatever stands in it."""
    inner: list["_Part"] = field(default_factory=list)
    uses: list[str] = field(default_factory=list)
    """Names (`id`) of the parts that this one draws."""
    weight: tuple[int, int] | None = None
    """How many parts it draws, and how many of them stand in one another at most."""


class _Refused(Exception):  # noqa: N818  # an answer, not an error
    def __init__(self, case: str, detail: str, line: int) -> None:
        super().__init__(case)
        self.flaw = Flaw(case, detail, line)


def flaws(data: bytes) -> Iterator[Flaw]:
    """Yield what is wrong with a drawing, each thing once, at its first line in the file."""
    reader = _Reader()
    try:
        reader.read(data)
        yield from dict.fromkeys(reader.flaws)
        yield from reader.missing()
        reader.weigh()
    except _Refused as refused:
        yield refused.flaw


class _Reader:
    """Reads a drawing from its start to its end and notes what matters."""

    def __init__(self) -> None:
        self.flaws: list[Flaw] = []
        self._named: dict[str, _Part] = {}
        self._used: dict[str, int] = {}
        """Name of a part → line of its first use."""
        self._everywhere: set[str] = set()
        """What a style sheet draws, for which nobody knows how often."""
        self._open: list[_Part] = []
        self._root: _Part | None = None
        self._count = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.EntityDeclHandler = self._entity

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber

    def read(self, data: bytes) -> None:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            detail = expat.errors.messages[error.code]
            raise _Refused("unreadable", detail, error.lineno) from error
        except (ValueError, LookupError) as error:  # an encoding that nobody knows
            raise _Refused("unreadable", str(error), 1) from error

    def missing(self) -> Iterator[Flaw]:
        """Yield uses of parts that are not there."""
        for name, line in self._used.items():
            if name not in self._named:
                yield Flaw("missing", f"#{name}", line)

    def weigh(self) -> None:
        """Refuse a drawing that takes too long to draw, or never ends."""
        assert self._root is not None
        parts, _ = self._weight(self._root, 0)
        by_styles = (self._named[name] for name in self._everywhere if name in self._named)
        parts += self._count * sum(self._weight(part, 0)[0] for part in by_styles)
        if parts > MOST_PARTS:
            raise _Refused("parts", str(MOST_PARTS), self._root.line)

    def _weight(self, part: _Part, depth: int) -> tuple[int, int]:
        if depth > DEEPEST:
            raise _Refused("depth", part.name, part.line)
        if part.weight is None:
            used = (self._named[name] for name in part.uses if name in self._named)
            inner = [self._weight(child, depth + 1) for child in (*part.inner, *used)]
            height = 1 + max((height for _, height in inner), default=0)
            part.weight = (1 + sum(parts for parts, _ in inner), height)
        if depth + part.weight[1] > DEEPEST:
            raise _Refused("depth", part.name, part.line)
        return part.weight

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        part = _Part(self._line, name)
        self._count += 1
        if self._root is None:
            self._root = part
            self._size(name, attributes)
        elif self._open:
            self._open[-1].inner.append(part)
        self._open.append(part)
        if len(self._open) > DEEPEST:
            raise _Refused("depth", name, self._line)
        if self._count > MOST_PARTS:
            raise _Refused("parts", str(MOST_PARTS), self._line)
        part.is_lost = len(self._open) > 1 and self._open[-2].is_lost
        if space in ("", _SVG) and not part.is_lost:
            if not _DRAWN.fullmatch(name):
                part.is_lost = True
                self._note("part", f"<{name}>")
            self._attributes(part, attributes)
        if tag == _INCLUDE:
            self._note("outside", attributes.get("href", "")[:60])

    def _attributes(self, part: _Part, attributes: dict[str, str]) -> None:
        self._named.setdefault(attributes.get("id", ""), part)
        for key, value in attributes.items():
            if key in ("href", f"{_XLINK} href") and part.name != "a":
                self._use(part, value.strip())
            for target in _URL.findall(value):
                self._use(part, target.strip())

    def _use(self, part: _Part | None, target: str) -> None:
        name = target.removeprefix("#")
        if name == target:
            self._note("part" if target.startswith("data:") else "outside", target[:60])
            return
        self._used.setdefault(name, self._line)
        if part:
            part.uses.append(name)
        else:
            self._everywhere.add(name)

    def _end(self, _tag: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        name = self._open[-1].name
        if name == "style":
            for target in _IMPORT.findall(text):
                self._note("outside", target.strip()[:60])
            for target in _URL.findall(_IMPORT.sub("", text)):
                self._use(None, target.strip())
        elif name in _WORDS:
            for char in glyphs.missing(text):
                self._note("glyph", glyphs.describe(char))

    def _instruction(self, target: str, data: str) -> None:
        if target == "xml-stylesheet":
            self._note("outside", data[:60])

    def _entity(self, name: str, *_: object) -> None:
        raise _Refused("unreadable", f"<!ENTITY {name} …>", self._line)

    def _size(self, name: str, attributes: dict[str, str]) -> None:
        """Refuse what has no size to be drawn in, or is no drawing at all."""
        if name != "svg":
            raise _Refused("unreadable", f"<{name}>", self._line)
        for key in ("width", "height"):
            match = _MEASURE.fullmatch(attributes.get(key, "1").replace("auto", "1"))
            if not match or not _is_positive(match[1]):
                raise _Refused("size", f'{key}="{attributes[key][:40]}"', self._line)
        box = attributes.get("viewBox", "0 0 1 1")
        numbers = box.replace(",", " ").split()
        if len(numbers) != 4 or not all(map(_is_positive, numbers[2:])):
            raise _Refused("size", f'viewBox="{box[:40]}"', self._line)

    def _note(self, case: str, detail: str) -> None:
        if not any((flaw.case, flaw.detail) == (case, detail) for flaw in self.flaws):
            self.flaws.append(Flaw(case, detail, self._line))


def _is_positive(number: str) -> bool:
    try:
        return 0 < float(number) < 1e9 and isfinite(float(number))
    except ValueError:
        return False
