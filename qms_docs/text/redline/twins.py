"""Which parts of two texts belong together, for whoever wants to compare them in another way.

The parts are those that the redline marks: what a reader sees as one changed paragraph, row or
item is one pair here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from qms_docs.text.redline.alignment import align
from qms_docs.text.redline.blocks import Block, blocks, parse
from qms_docs.text.redline.moves import cut, moved
from qms_docs.text.redline.notes import names, notes_of, without_notes
from qms_docs.text.redline.pairs import Pair, paired
from qms_docs.text.redline.tables import aligned


class Twin(NamedTuple):
    """Lines of two texts that belong together, or something that only one of them has."""

    pair: Pair
    """Lines: paragraphs, headings, cells and so on; a whole table or row only where it is alone."""
    table: Block | None = None
    """The new table that a row or a cell stands in."""


@dataclass
class Twins:
    """Two texts taken apart, and what belongs together, in the order of a redline."""

    old: Sequence[Block]
    new: Sequence[Block]
    old_notes: Sequence[Block]
    new_notes: Sequence[Block]
    lines: list[Twin] = field(default_factory=list)
    moved: list[Pair] = field(default_factory=list)
    """The headings of sections that stand elsewhere; their lines are paired as well."""
    anchors: dict[str, str] = field(default_factory=dict)
    """Old anchor → the anchor that the same block, or the same words, have now."""
    renumbered: list[Pair] = field(default_factory=list)
    """Numbered lists that start with another number."""


def twins(old_html: str, new_html: str) -> Twins:
    """Take apart two bodies as text.markdown.to_html writes them."""
    old, new = parse(old_html), parse(new_html)
    old_notes, new_notes = notes_of(old), notes_of(new)
    old_names, new_names = names(old_notes, new_notes)
    found = Twins(
        blocks(without_notes(old), old_names),
        blocks(without_notes(new), new_names),
        old_notes,
        new_notes,
    )
    found.lines += _body(found)
    found.lines += _parts(found, old_notes, new_notes)
    return found


def key_of(block: Block) -> object:
    """Return what stays the same for a block however it is looked at."""
    return block.node or block


def lines_of(block: Block) -> Iterator[Block]:
    """Yield the lines below a block, or itself."""
    if not block.is_group:
        yield block
    for child in block.children:
        yield from lines_of(child)


def _body(texts: Twins) -> Iterator[Twin]:
    old, new = texts.old, texts.new
    sections = moved(old, new, align(old, new))
    left, placed = ([Block(f"moved-{side}", None) for _ in sections] for side in ("old", "new"))
    old_rest = cut(old, [before for before, _ in sections], left)
    new_rest = cut(new, [after for _, after in sections], placed)
    numbers = {block: number for number, block in enumerate(placed)}
    for pair in paired(old_rest, new_rest):
        if pair.shown in numbers:
            before, after = sections[numbers[pair.shown]]
            texts.moved.append(Pair([old[before.start]], [new[after.start]]))
            yield from _parts(texts, old[before.start : before.end], new[after.start : after.end])
        elif pair.shown not in left:
            yield from _part(texts, pair)


def _parts(texts: Twins, old: Sequence[Block], new: Sequence[Block]) -> Iterator[Twin]:
    for pair in paired(old, new):
        yield from _part(texts, pair)


def _part(texts: Twins, pair: Pair) -> Iterator[Twin]:
    texts.anchors |= _same_anchors(pair)
    if not pair.shown.is_group:
        yield Twin(pair)
    elif pair.old and pair.new:
        old, new = pair.old[0], pair.new[0]
        if start_of(old) != start_of(new):
            texts.renumbered.append(pair)
        if new.kind == "table":
            yield from _table(texts, old, new)
        else:
            yield from _parts(texts, old.children, new.children)
    elif pair.shown.kind == "table":
        yield Twin(pair, pair.shown)
    else:
        for line in lines_of(pair.shown):
            yield Twin(Pair([line], []) if pair.old else Pair([], [line]))


def start_of(block: Block) -> str:
    """Return the number with which a list starts, nothing if it is the usual one."""
    return block.node.attrs.get("start", "") if block.node else ""


def _table(texts: Twins, old: Block, new: Block) -> Iterator[Twin]:
    pairs = aligned(old, new)
    for is_head, rows in ((True, pairs.heads), (False, pairs.rows)):
        for row in rows:
            if None in row:
                yield Twin(_pair(*row), new)
                continue
            for cells in pairs.cells(row)[0 if is_head else pairs.is_counted :]:
                if None not in cells or is_head:  # a column that is alone is told by its heading
                    pair = _pair(*cells)
                    texts.anchors |= _same_anchors(pair)
                    yield Twin(pair, new)


def _pair(old: Block | None, new: Block | None) -> Pair:
    return Pair([old] if old else [], [new] if new else [])


def _same_anchors(pair: Pair) -> Mapping[str, str]:
    """Return which anchor is which: of words both sides name alike, of blocks whatever the name."""
    old, new = (frozenset(_anchors(side)) for side in pair)
    same = {name: name for name in old & new}
    before, after = (side[0].node if side else None for side in pair)
    if before and after and "id" in before.attrs and "id" in after.attrs:
        same[before.attrs["id"]] = after.attrs["id"]
    return same


def _anchors(side: Sequence[Block]) -> Iterator[str]:
    for block in side:
        inner = (node for token in block.tokens for node in (token.atom, *token.path))
        for node in (block.node, *inner):
            if node and "id" in node.attrs:
                yield node.attrs["id"]
