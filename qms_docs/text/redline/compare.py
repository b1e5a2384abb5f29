"""The redline of two texts: blocks are aligned first, then the words of those that belong together.

The result is the new text as text.markdown.to_html writes it, with these additions for a style
sheet:

`ins`, `del`
    Text that came or went; never around a tag. With `redline-number` a number that only counts
    (rows, footnotes) and moved on because of another change; it is no change by itself. With
    `redline-format` the same words with another emphasis or link.
`.changed`
    A paragraph, heading, item, definition, code block, row or cell with a change: change bar. A
    numbered list that starts with another number.
`.redline-inserted`, `.redline-deleted`
    A block, also a list or a table, that came or went as a whole. A deleted heading must not be
    numbered (`counter-increment: none`). Items get a `value` where deleted ones would be counted.
`.redline-split`, `.redline-joined`
    A paragraph that was one with the paragraph before, or that was two.
`.redline-images` > `.redline-old`, `.redline-new`
    An image, a tick box or a drawing before and after; `data-alt` is its alternative text.
`.redline-moved[data-direction]`
    `from`: a section that stood elsewhere, with its own changes marked; `to`: what is left at its
    old place, its heading as a link. Both have the same `data-move`, a number from 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from qms_docs.text.redline.alignment import align
from qms_docs.text.redline.blocks import Block, Node, Token, blocks, parse
from qms_docs.text.redline.marking import BREAK, Marking
from qms_docs.text.redline.moves import cut, moved
from qms_docs.text.redline.notes import names, notes_of, without_notes
from qms_docs.text.redline.pairs import Pair, paired
from qms_docs.text.redline.tables import table


class Changes(NamedTuple):
    """How many blocks changed: paragraphs, headings, items, rows, columns, sections."""

    inserted: int = 0
    deleted: int = 0
    changed: int = 0
    moved: int = 0


@dataclass(frozen=True)
class Redline:
    """A text with its changes marked."""

    html: str
    changes: Changes


class Fact(NamedTuple):
    """A fact about a document that changed; empty text where there was or is none."""

    key: str
    old: str
    new: str


def metadata(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Fact, ...]:
    """Return the facts that differ, in the order of the new ones, then those that went."""
    facts = (Fact(key, old.get(key, ""), new.get(key, "")) for key in {**new, **old})
    return tuple(fact for fact in facts if fact.old != fact.new)


def redline(old_html: str, new_html: str) -> Redline:
    """Compare two bodies as text.markdown.to_html writes them.

    Addresses count: a link or an image is unchanged only if its address is, so the caller gives
    an image whose file changed another address, and a link the same whatever revision it opens.
    """
    if old_html == new_html:
        return Redline(new_html, Changes())
    old, new = parse(old_html), parse(new_html)
    anchors = frozenset(node.attrs["id"] for node in new.nodes() if "id" in node.attrs)
    marking = Marking(anchors)
    html = _Comparison(marking).text(old, new)
    return Redline(html, Changes(**marking.counts))


class _Comparison:
    """Writes the redline, block by block."""

    def __init__(self, marking: Marking) -> None:
        self._marking = marking
        self._moves: dict[Block, str] = {}

    def text(self, old: Node, new: Node) -> str:
        """Return the redline of two texts; which note a number means is found out first."""
        old_notes, new_notes = notes_of(old), notes_of(new)
        old_names, new_names = names(old_notes, new_notes)
        body = self._body(
            blocks(without_notes(old), old_names), blocks(without_notes(new), new_names)
        )
        notes = self._blocks(old_notes, new_notes)
        return f'{body}<hr class="footnotes-sep" />\n{notes}' if notes else body

    def _body(self, old: Sequence[Block], new: Sequence[Block]) -> str:
        sections = moved(old, new, align(old, new))
        left, placed = (
            [Block(f"moved-{direction}", None) for _ in sections] for direction in ("to", "from")
        )
        for number, (before, after) in enumerate(sections, 1):
            old_part, new_part = old[before.start : before.end], new[after.start : after.end]
            self._marking.counts["moved"] += 1
            self._moves[left[number - 1]] = self._left(old_part[0], new_part[0], number)
            self._moves[placed[number - 1]] = self._placed(old_part, new_part, number)
        return self._blocks(
            cut(old, [before for before, _ in sections], left),
            cut(new, [after for _, after in sections], placed),
        )

    def _left(self, old: Block, new: Block, number: int) -> str:
        """Return what stands at the old place of a moved section."""
        words = self._marking.line([token._replace(path=()) for token in old.tokens], ())
        anchor = new.node.attrs.get("id") if new.node else None
        if anchor:
            words = f'<a href="#{escape(anchor)}">{words}</a>'
        return f"{_moved('to', number)}{words}</div>\n"

    def _placed(self, old: Sequence[Block], new: Sequence[Block], number: int) -> str:
        return f"{_moved('from', number)}\n{self._blocks(old, new)}</div>\n"

    def _blocks(self, old: Sequence[Block], new: Sequence[Block]) -> str:
        return "".join(self._pair(pair) for pair in paired(old, new))

    def _pair(self, pair: Pair) -> str:
        shown = pair.shown
        if shown in self._moves:
            return self._moves[shown]
        if shown.node and pair.is_same and pair.old[0].text == shown.text:
            return self._kept(shown)
        if not shown.is_group:
            return self._leaf(pair)
        if shown.kind == "table":
            old, new = (side[0] if side else None for side in pair)
            return table(old, new, self._marking)
        return self._group(pair)

    def _kept(self, block: Block) -> str:
        assert block.node
        value = self._marking.values.get(block.node)
        numbered = "<li" if value is None else f'<li value="{value}"'
        return block.node.source.replace("<li", numbered, 1) + "\n"

    def _group(self, pair: Pair) -> str:
        old, new = (side[0].children if side else () for side in pair)
        inner = paired(old, new)
        shown = pair.shown
        assert shown.node
        if shown.kind == "ol" and pair.old and pair.new:
            self._number(pair, inner)
        is_changed = any(part.shown.node is None and not part.is_same for part in inner)
        if not pair.is_same and all(part.is_same for part in inner):
            # It is empty, or a list that starts with another number.
            self._marking.counts[pair.kind] += 1
            is_changed = True
        classes = ["changed"] * is_changed + pair.classes
        start = self._marking.start(shown.node, not pair.new, " ".join(classes))
        text = "".join(map(self._pair, inner))
        if inner and inner[0].shown.node:
            start += "\n"
        elif len(inner) == 1:
            text = text.removesuffix("\n")
        return f"{start}{text}</{shown.node.tag}>\n"

    def _leaf(self, pair: Pair) -> str:
        shown = pair.shown
        if not pair.is_same:
            self._marking.counts[pair.kind] += 1
        text = self._marking.line(_tokens(pair.old), _tokens(pair.new))
        if shown.node is None:
            return f"{text}\n"
        classes = [] if pair.is_same else ["changed", *pair.classes]
        start = self._marking.start(shown.node, not pair.new, " ".join(classes))
        return f"{start}\n" if shown.kind == "hr" else f"{start}{text}</{shown.node.tag}>\n"

    def _number(self, lists: Pair, items: Sequence[Pair]) -> None:
        """Give deleted items their old number, and what follows them the number it has now."""
        old, new = (_first_number(side[0]) for side in lists)
        is_after_deleted = False
        for item in items:
            node = item.shown.node
            if node and item.kind == "deleted":
                self._marking.values[node] = old
            elif node and is_after_deleted:
                self._marking.values[node] = new
            old, new = old + len(item.old), new + len(item.new)
            is_after_deleted = item.kind == "deleted"


def _moved(direction: str, number: int) -> str:
    return f'<div class="redline-moved" data-direction="{direction}" data-move="{number}">'


def _tokens(side: Sequence[Block]) -> list[Token]:
    """Return the tokens of a paragraph, or of two that are one on the other side."""
    found = list(side[0].tokens) if side else []
    for block in side[1:]:
        for place, token in enumerate(block.tokens):
            found.append(token if place else token._replace(space=" ", gap=BREAK))
    return found


def _first_number(block: Block) -> int:
    start = block.node.attrs.get("start", "") if block.node else ""
    return int(start) if start.isascii() and start.isdigit() else 1
