"""Blocks of two texts that belong together, also where a paragraph was split or two were joined."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qms_docs.text.redline.alignment import align
from qms_docs.text.redline.blocks import Block

_FROM_IT = 0.6
"""So much of a paragraph must come from another one, that it counts as split off."""


class Pair(NamedTuple):
    """Blocks that belong together; several of one side are paragraphs that are one on the other."""

    old: Sequence[Block]
    new: Sequence[Block]

    @property
    def shown(self) -> Block:
        """The block whose tags are written."""
        return (self.new or self.old)[0]

    @property
    def kind(self) -> str:
        """What happened, if anything: inserted, deleted or changed."""
        return "deleted" if not self.new else "inserted" if not self.old else "changed"

    @property
    def classes(self) -> list[str]:
        """What a block is marked with that came, went, or took in or gave off another one."""
        if self.kind != "changed":
            return [f"redline-{self.kind}"]
        return ["redline-joined"] * (len(self.old) > 1)

    @property
    def is_same(self) -> bool:
        """Tell whether nothing changed but numbers that only count."""
        return [block.key for block in self.old] == [block.key for block in self.new]


def paired(old: Sequence[Block], new: Sequence[Block]) -> list[Pair]:
    """Return all blocks of both texts, in their order."""
    found: list[Pair] = []
    for i, j in align(old, new):
        pair = Pair([] if i is None else [old[i]], [] if j is None else [new[j]])
        joined = _join(found[-1], pair) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(pair)
    return found


def _join(first: Pair, second: Pair) -> Pair | None:
    """Join a lone paragraph with the pair beside it that it came from or went into."""
    joined = Pair([*first.old, *second.old], [*first.new, *second.new])
    lone, pair = (first, second) if not (first.old and first.new) else (second, first)
    whole, parts = (pair.old, pair.new) if lone.new else (pair.new, pair.old)
    is_possible = (
        not (lone.old and lone.new)
        and len(whole) == 1
        and len(parts) >= 1
        and not pair.is_same
        and all(map(_is_plain, (*joined.old, *joined.new)))
    )
    if not is_possible:
        return None
    rest = _count(whole) - _count(parts)
    own = _count(lone.new or lone.old)
    return joined if 0 < _FROM_IT * own.total() <= (rest & own).total() else None


def _is_plain(block: Block) -> bool:
    return block.kind == "p" and block.node is not None and not block.node.attrs


def _count(blocks: Iterable[Block]) -> Counter[str]:
    return Counter(word for block in blocks for word in block.words)
