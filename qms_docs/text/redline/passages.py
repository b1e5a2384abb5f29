"""What a redline marks, as passages of plain text: for readers who get lines and no page."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from qms_docs.text.redline.blocks import ATOMS, GROUPS, LEAVES, Node, parse

INSERTED, DELETED, FORMAT, IMAGE, KEPT = "ins", "del", "format", "image", ""
"""What a run of text is. Of `FORMAT` only the emphasis or a link is another; of `IMAGE`, which is
the words that describe one, only the image itself."""
_CONTEXT = 60
"""Characters that stay of what is unchanged beside a change, unless a sentence begins earlier."""
_SENTENCE = re.compile(r"[.!?:;](?=\s)\s|[\u3002\uff01\uff1f\uff1b\uff1a]")


class Run(NamedTuple):
    """Text of one kind."""

    mark: str
    text: str


class Passage(NamedTuple):
    """A paragraph, item or row with a change, or a section that moved (`is_moved`)."""

    section: str
    """The heading above it; empty if there is none."""
    runs: tuple[Run, ...]
    is_moved: bool = False


def passages(html: str) -> Iterator[Passage]:
    """Yield what changed, in the order of the text, from what `redline` returns."""
    yield from _Reader().read(parse(html).children)


def shortened(passage: Passage) -> Passage:
    """Leave out what is unchanged further away: a reader wants the sentence, not the page."""
    last = len(passage.runs) - 1
    runs = (
        run if run.mark else run._replace(text=_near(run.text, place > 0, place < last))
        for place, run in enumerate(passage.runs)
    )
    return passage._replace(runs=tuple(runs))


class _Reader:
    """Walks through a redline and remembers the section."""

    def __init__(self) -> None:
        self._section = ""

    def read(self, nodes: Sequence[Node | str]) -> Iterator[Passage]:
        for is_block, group in groupby(nodes, _is_block):
            found = list(group)
            if not is_block:
                yield from self._passage(found)
            for node in found if is_block else ():
                assert isinstance(node, Node)
                yield from self._block(node)

    def _block(self, node: Node) -> Iterator[Passage]:
        if node.attrs.get("data-direction") == "to":
            yield Passage(self._section, _runs(node.children), is_moved=True)
        elif node.tag == "tr":
            yield from self._passage(_joined(node))
        elif node.tag in LEAVES:
            if node.tag.startswith("h") and node.tag != "hr":
                self._section = "".join(r.text for r in _runs(node.children) if r.mark != DELETED)
            yield from self._passage(node.children)
        else:
            yield from self.read(node.children)

    def _passage(self, nodes: Sequence[Node | str]) -> Iterator[Passage]:
        runs = _runs(nodes)
        if any(run.mark for run in runs):
            yield Passage(self._section.strip(), runs)


def _is_block(node: Node | str) -> bool:
    return isinstance(node, Node) and node.tag in LEAVES | GROUPS


def _joined(row: Node) -> list[Node | str]:
    """Return the contents of the cells of a row, with a sign between them."""
    found: list[Node | str] = []
    for cell in row.children:
        if isinstance(cell, Node):
            found += [" | ", *cell.children] if found else cell.children
    return found


def _runs(nodes: Sequence[Node | str]) -> tuple[Run, ...]:
    """Return text with its marks, runs of one kind as one, white space as one space."""
    found: list[Run] = []
    for mark, group in groupby(_pieces(nodes, KEPT), lambda run: run.mark):
        text = re.sub(r"\s+", " ", "".join(run.text for run in group))
        if text.strip():
            found.append(Run(mark, text))
    return tuple(found)


def _pieces(nodes: Sequence[Node | str], mark: str) -> Iterator[Run]:
    for node in nodes:
        if isinstance(node, str):
            yield Run(mark, node)
        elif node.tag in ATOMS:
            yield Run(mark, f" {_atom(node)} ")
        elif node.tag in (INSERTED, DELETED):
            inner = _mark(node, mark)
            yield from _pieces(node.children, inner) if inner is not None else ()
        elif node.has_class("redline-images"):
            yield from _images(node)
        else:
            yield from _pieces(node.children, mark)


def _images(node: Node) -> Iterator[Run]:
    """Yield what stands for an image before and after."""
    sides = [child for child in node.children if isinstance(child, Node)]
    marks = [DELETED if side.has_class("redline-old") else INSERTED for side in sides]
    words = [" ".join(run.text for run in _pieces(side.children, KEPT)).strip() for side in sides]
    if len(words) == 2 and words[0] == words[1] and words[0]:
        yield Run(IMAGE, words[0])
        return
    for mark, text in zip(marks, words, strict=True):
        yield Run(mark, f" {text or '[…]'} ")


def _mark(node: Node, outer: str) -> str | None:
    """Return what the text in `ins` or `del` is; None for what need not be read twice."""
    if node.has_class("redline-number"):  # counts anew because of another change
        return outer if node.tag == INSERTED else None
    if node.has_class("redline-format"):
        return FORMAT if node.tag == INSERTED else None
    return node.tag


def _atom(node: Node) -> str:
    """Return what stands for an image or a tick box in a line of text."""
    if node.tag == "input":
        return "[x]" if "checked" in node.attrs else "[ ]"
    alternative = node.attrs.get("alt", "")
    return f"[{alternative}]" if alternative else ""


def _near(text: str, is_after: bool, is_before: bool) -> str:
    """Return what of unchanged text is near a change before it, after it, or both."""
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    head = min([end for end in ends if end <= 2 * _CONTEXT][:1], default=_CONTEXT)
    tail = max(
        [end for end in ends if len(text) - end <= 2 * _CONTEXT and end < len(text)][-1:],
        default=max(len(text) - _CONTEXT, 0),
    )
    if not is_after:
        return text if tail <= 0 else f"… {text[tail:]}"
    if not is_before:
        return text if head >= len(text.rstrip()) else f"{text[:head].rstrip()} …"
    return text if head >= tail else f"{text[:head].rstrip()} … {text[tail:]}"
