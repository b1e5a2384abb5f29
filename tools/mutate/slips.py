"""The slips: what can go wrong in one place of a manual, by chance."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Files = Mapping[str, bytes]

_ROLE = re.compile(r"\[[^\[\]]+\]\([^)\s]*CSC-RS-[0-9]{2}(?:\.zh-CN)?\.md\)")
_FORM = re.compile(r"CSC-FM-[0-9]{2}-[0-9]{2}")
_PARAMETER = re.compile(r"\{\{[a-z0-9-]+\}\}")
_OBJECTIVE = re.compile(r"CSC-OB-[0-9]{2}(?:-[0-9]{2})?")
_NUMBER = re.compile(r"(?<![A-Za-z0-9.:/-])[0-9]+(?![A-Za-z0-9.:/-])")
_ROW = re.compile(r"^\|(?![-:| ]+$).*\|$")
_RULE = re.compile(r"^\|[-:| ]+\|$")
_HEADING = re.compile(r"^#{2,3} ")
_CLAUSE = re.compile(r'"?[0-9]+(?:\.[0-9]+)+"?')


@dataclass(frozen=True)
class Slip:
    """One thing that went wrong."""

    kind: str
    path: str
    line: int
    """Where it was, counted from 1."""
    before: str
    after: str
    """The line then; empty if it is gone."""
    data: bytes
    """The file with it."""


def slips(files: Files, seed: int) -> Iterator[Slip]:
    """Yield slips without end, each kind as often as another; the same ones for a seed."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    paths = sorted(path for path in files if path.endswith(".md"))
    kinds = list(_KINDS)
    while True:
        kind = kinds[chance.randrange(len(kinds))]
        path = paths[chance.randrange(len(paths))]
        lines = files[path].decode("utf-8").split("\n")
        found = _KINDS[kind](lines, chance)
        if found is None:
            continue
        number, after = found
        changed = [*lines[:number], *([] if after is None else [after]), *lines[number + 1 :]]
        data = "\n".join(changed).encode()
        if data != files[path]:
            yield Slip(kind, path, number + 1, lines[number], after or "", data)


Change = tuple[int, str | None]
Make = Callable[[Sequence[str], random.Random], Change | None]


def _body(lines: Sequence[str]) -> int:
    """Return the number of the first line behind the front matter."""
    return lines.index("---", 1) + 1


def _replacing(pattern: re.Pattern[str], only: re.Pattern[str] | None = None) -> Make:
    """Return a slip that writes another of a kind, found elsewhere in the text, or nothing."""

    def make(lines: Sequence[str], chance: random.Random) -> Change | None:
        start = _body(lines)
        there = [
            (number, match)
            for number, line in enumerate(lines[start:], start)
            if only is None or only.match(line)
            for match in pattern.finditer(line)
        ]
        if not there:
            return None
        number, match = chance.choice(there)
        others = sorted({other[0] for _, other in there} - {match[0]})
        new = chance.choice([*others, ""]) if others else ""
        line = lines[number]
        return number, line[: match.start()] + new + line[match.end() :]

    return make


def _number(lines: Sequence[str], chance: random.Random) -> Change | None:
    start = _body(lines)
    there = [
        (number, match)
        for number, line in enumerate(lines[start:], start)
        for match in _NUMBER.finditer(line)
    ]
    if not there:
        return None
    number, match = chance.choice(there)
    new = str(int(match[0]) + chance.choice((1, 5, 10)))
    return number, lines[number][: match.start()] + new + lines[number][match.end() :]


def _rows(lines: Sequence[str]) -> list[int]:
    return [
        number
        for number in range(_body(lines), len(lines))
        if _ROW.match(lines[number]) and not _is_head(lines, number)
    ]


def _is_head(lines: Sequence[str], number: int) -> bool:
    return number + 1 < len(lines) and _RULE.match(lines[number + 1]) is not None


def _row_gone(lines: Sequence[str], chance: random.Random) -> Change | None:
    rows = _rows(lines)
    return (chance.choice(rows), None) if rows else None


def _cell_empty(lines: Sequence[str], chance: random.Random) -> Change | None:
    rows = _rows(lines)
    if not rows:
        return None
    number = chance.choice(rows)
    cells = lines[number].strip("|").split("|")
    filled = [place for place, cell in enumerate(cells) if cell.strip()]
    if not filled:
        return None
    cells[chance.choice(filled)] = " "
    return number, f"|{'|'.join(cells)}|"


def _line_gone(pattern: re.Pattern[str]) -> Make:
    def make(lines: Sequence[str], chance: random.Random) -> Change | None:
        there = [n for n in range(_body(lines), len(lines)) if pattern.match(lines[n])]
        return (chance.choice(there), None) if there else None

    return make


def _clause(lines: Sequence[str], chance: random.Random) -> Change | None:
    stop = _body(lines)
    there = [n for n in range(stop) if re.match(r"  iso[0-9-]+: \[", lines[n])]
    if not there:
        return None
    number = chance.choice(there)
    head, _, tail = lines[number].partition("[")
    found = list(_CLAUSE.finditer(tail))
    if not found:
        return None
    match = chance.choice(found)
    new = chance.choice(('"99.9"', ""))
    parts = [
        part.strip()
        for part in (tail[: match.start()] + new + tail[match.end() :]).rstrip("]").split(",")
    ]
    return number, f"{head}[{', '.join(filter(None, parts))}]"


_KINDS: Mapping[str, Make] = {
    "role": _replacing(_ROLE),
    "form": _replacing(_FORM),
    "parameter": _replacing(_PARAMETER),
    "objective": _replacing(_OBJECTIVE),
    "number": _number,
    "row": _row_gone,
    "cell": _cell_empty,
    "heading": _line_gone(_HEADING),
    "item": _line_gone(re.compile(r"^(?:[0-9]+\.|-) ")),
    "paragraph": _line_gone(re.compile(r"^[^\s#|>:`\-\[0-9][^|]{20,}$")),
    "clause": _clause,
}
