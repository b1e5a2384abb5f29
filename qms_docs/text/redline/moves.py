"""Sections that stand elsewhere in the new text, nearly unchanged."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import chain

from qms_docs.text.redline.alignment import ALIKE, Step, likeness
from qms_docs.text.redline.blocks import Block

_NEARLY = 0.8
"""So alike must a section be that it counts as moved, and so much of it must have no counterpart
in the order of the text."""
_MOST = 200
"""At most so many sections are looked at."""


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it; a part to be compared."""

    start: int
    end: int
    key: str
    words: Sequence[str]
    kind: str = "section"

    def meets(self, other: "Section") -> bool:
        """Tell whether two sections of a text have blocks in common."""
        return self.start < other.end and other.start < self.end


def moved(
    old: Sequence[Block], new: Sequence[Block], steps: Sequence[Step]
) -> list[tuple[Section, Section]]:
    """Return the sections that have no counterpart in order, but one elsewhere."""
    old_lone = {i for i, j in steps if i is not None and j is None}
    new_lone = {j for i, j in steps if j is not None and i is None}
    old_sections, new_sections = _sections(old, old_lone), _sections(new, new_lone)
    found: list[tuple[Section, Section]] = []
    for section, row in zip(old_sections, likeness(old_sections, new_sections), strict=True):
        free = [
            (share, -number)
            for number, share in enumerate(row)
            if share >= _NEARLY
            and _have_one_heading(old[section.start], new[new_sections[number].start])
            and not any(new_sections[number].meets(to) for _, to in found)
        ]
        if free and not any(section.meets(taken) for taken, _ in found):
            found.append((section, new_sections[-max(free)[1]]))
    return found


def _have_one_heading(old: Block, new: Block) -> bool:
    return old.kind == new.kind and likeness([old], [new])[0][0] >= ALIKE


def cut(
    blocks: Sequence[Block], sections: Sequence[Section], places: Sequence[Block]
) -> list[Block]:
    """Return the blocks with another one in the place of each section."""
    kept = list(blocks)
    pairs = zip(sections, places, strict=True)
    for section, place in sorted(pairs, key=lambda pair: -pair[0].start):
        kept[section.start : section.end] = [place]
    return kept


def _sections(blocks: Sequence[Block], lone: Set[int]) -> list[Section]:
    """Return the sections that start with a lone heading, longest first; no heading by itself."""
    starts = [start for start in sorted(lone) if _level(blocks[start])]
    found = [_section(blocks, start, lone) for start in starts if start + 1 in lone]
    found.sort(key=lambda section: section.start - section.end)
    return found[:_MOST]


def _section(blocks: Sequence[Block], start: int, lone: Set[int]) -> Section:
    """Return as much of a section as is lone for the most part.

    What follows may have stayed where it was and only come to stand below another heading.
    """
    level = _level(blocks[start])
    end = start + 1
    words = alone = 0
    for place in range(start, len(blocks)):
        if place > start and 0 < _level(blocks[place]) <= level:
            break
        words += len(blocks[place].words)
        if place in lone:
            alone += len(blocks[place].words)
            end = place + 1 if alone >= _NEARLY * words else end
    parts = blocks[start:end]
    found = chain.from_iterable(block.words for block in parts)
    return Section(start, end, "\x1e".join(block.key for block in parts), list(found))


def _level(block: Block) -> int:
    """Return the level of a heading, 0 for any other block."""
    return int(block.kind[1]) if block.kind[0] == "h" and block.kind[1:].isdigit() else 0
