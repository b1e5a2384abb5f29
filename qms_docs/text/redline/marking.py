"""Writes tags and lines of a redline: `ins` and `del` only ever around text."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import zip_longest

from qms_docs.text.redline.blocks import VOID, Node, Token
from qms_docs.text.redline.phrases import edits

BREAK = "\x1cparagraph"
"""The gap before the first token of a paragraph that was split off or joined on."""
_SPLIT = '</p>\n<p class="changed redline-split">'
_NOTE = re.compile("#fn[0-9]+")
"""A footnote of the old text; in the new one another may have its number."""
_NUMBER = ' class="redline-number"'
_FORMAT = ' class="redline-format"'


class Marking:
    """Knows the anchors of the new text, and counts the changes as they are written."""

    def __init__(self, anchors: frozenset[str]) -> None:
        self._anchors = anchors
        self.values: dict[Node, int] = {}
        """The numbers of list items that would be counted wrongly."""
        self.counts: Counter[str] = Counter()

    def start(self, node: Node, is_old: bool, classes: str = "") -> str:
        """Return a start tag; from the old text without what would be a dead or second anchor."""
        attrs = dict(node.attrs)
        if is_old:
            attrs.pop("id", None)
            address = attrs.get("href", "")
            is_dead = address.startswith("#") and address[1:] not in self._anchors
            if is_dead or _NOTE.fullmatch(address):
                del attrs["href"]
        if classes:
            attrs["class"] = f"{attrs.get('class', '')} {classes}".strip()
        if node in self.values:
            attrs["value"] = str(self.values[node])
        return _tag(node.tag, attrs)

    def line(self, old: Sequence[Token], new: Sequence[Token]) -> str:
        """Return the text of a block with its changes marked."""
        writer = _Line(self)
        i = j = 0
        for edit in edits(old, new):
            writer.kept(old[i : edit.old], new[j : edit.new])
            i, j = edit.old_end, edit.new_end
            writer.replaced(old[edit.old : i], new[edit.new : j])
        writer.kept(old[i:], new[j:])
        return writer.text()


def _tag(name: str, attrs: Mapping[str, str]) -> str:
    told = "".join(f' {key}="{escape(value)}"' for key, value in attrs.items())
    return f"<{name}{told} />" if name in VOID else f"<{name}{told}>"


@dataclass
class _Open:
    """An open inline element. An old and a new one that look the same share their tags."""

    name: str
    tag: str
    old: Node | None
    new: Node | None

    def takes(self, node: Node, tag: str, is_old: bool) -> bool:
        """Tell whether text of an element can stand in this one."""
        own = self.old if is_old else self.new
        if own is None and self.tag == tag:
            own = node
            self.old, self.new = (node, self.new) if is_old else (self.old, node)
        return own is node


class _Line:
    """Writes tokens; opens and closes inline elements and marks as needed."""

    def __init__(self, marking: Marking) -> None:
        self._marking = marking
        self._out: list[str] = []
        self._open: list[_Open] = []
        self._written: set[Node] = set()
        self._mark = ""

    def text(self) -> str:
        """Return what was written, with everything closed."""
        self._set_mark("")
        self._close(0)
        return "".join(self._out)

    def kept(self, old: Sequence[Token], new: Sequence[Token]) -> None:
        """Write tokens that are in both texts."""
        for before, token in zip(old, new, strict=True):
            if _same_gap(before, token):
                self._space(token, "")
            else:
                self._space(before, "del")
                self._space(token, "ins")
            if before.text == token.text:
                self._token(token, "")
            else:
                self._token(before, "del" + _NUMBER)
                self._token(token, "ins" + _NUMBER)

    def replaced(self, old: Sequence[Token], new: Sequence[Token]) -> None:
        """Write tokens of the old text, then those that stand in their place."""
        for before, after in zip_longest(_up_to_images(old), _up_to_images(new), fillvalue=()):
            self._phrase(before, after)

    def _phrase(self, old: Sequence[Token], new: Sequence[Token]) -> None:
        """Write what ends with an image, the old and the new one side by side, or has none."""
        is_shared = bool(old and new) and _same_gap(old[0], new[0])
        if is_shared:
            self._space(new[0], "")
        looks = _FORMAT if _are_same_words(old, new) else ""
        for mark, tokens in (("del", old), ("ins", new)):
            for place, token in enumerate(tokens):
                if place or not is_shared:
                    self._space(token, mark + looks)
                if not _is_image(token):
                    self._token(token, mark + looks)
        images = [[token for token in tokens[-1:] if _is_image(token)] for tokens in (old, new)]
        if any(images):
            self._images(*images)

    def _images(self, old: Sequence[Token], new: Sequence[Token]) -> None:
        self._enter((*new, *old)[0].path, not new)
        self._set_mark("")
        self._out.append('<span class="redline-images">')
        for side, tokens in (("old", old), ("new", new)):
            self._out += [
                f'<span class="redline-{side}" data-alt="{_alternative(token)}">'
                f"{self._atom(token, side == 'old')}</span>"
                for token in tokens
            ]
        self._out.append("</span>")

    def _token(self, token: Token, mark: str) -> None:
        is_old = mark.startswith("del")
        if token.atom is None:
            self._enter(token.path, is_old)
            self._set_mark(mark)
            self._out.append(escape(token.text, quote=False))
        elif not is_old:  # a line break that went is not seen
            self._enter(token.path, is_old)
            self._set_mark("")
            self._out.append(self._atom(token, is_old))

    def _atom(self, token: Token, is_old: bool) -> str:
        assert token.atom
        if token.atom.tag in VOID:
            return self._marking.start(token.atom, is_old)
        return token.atom.source

    def _space(self, token: Token, mark: str) -> None:
        """Write the white space before a token, in the elements that go on through it."""
        is_old = mark.startswith("del")
        if token.gap == BREAK and not is_old:
            self._set_mark("")
            self._close(0)
            self._out.append(_SPLIT)
        elif token.space:
            self._close(self._common(token.path, is_old))
            self._set_mark(mark if token.gap else "")
            self._out.append(token.space)

    def _enter(self, path: Sequence[Node], is_old: bool) -> None:
        depth = self._common(path, is_old)
        self._close(depth)
        for node in path[depth:]:
            self._set_mark("")
            # An element that is opened again must not bring its anchor a second time.
            tag = self._marking.start(node, is_old or node in self._written)
            self._written.add(node)
            opened = _Open(node.tag, tag, *((node, None) if is_old else (None, node)))
            self._open.append(opened)
            self._out.append(tag)

    def _common(self, path: Sequence[Node], is_old: bool) -> int:
        """Return how many of the open elements also stand around a token."""
        depth = 0
        for opened, node in zip(self._open, path, strict=False):
            if not opened.takes(node, self._marking.start(node, is_old), is_old):
                break
            depth += 1
        return depth

    def _close(self, depth: int) -> None:
        if depth < len(self._open):
            self._set_mark("")
        while len(self._open) > depth:
            self._out.append(f"</{self._open.pop().name}>")

    def _set_mark(self, mark: str) -> None:
        if mark == self._mark:
            return
        if self._mark:
            self._out.append(f"</{self._mark[:3]}>")
        if mark:
            self._out.append(f"<{mark}>")
        self._mark = mark


def _is_image(token: Token) -> bool:
    return token.atom is not None and token.atom.tag != "br"


def _up_to_images(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield tokens up to each image, with it, and those after the last."""
    start = 0
    for place, token in enumerate(tokens, 1):
        if _is_image(token) or place == len(tokens):
            yield tokens[start:place]
            start = place


def _alternative(token: Token) -> str:
    return escape(token.atom.attrs.get("alt", "")) if token.atom else ""


def _are_same_words(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Tell whether only emphasis or links changed."""
    is_text = not any(_is_image(token) or token.is_number for token in (*old, *new))
    return is_text and [token.text for token in old] == [token.text for token in new]


def _same_gap(old: Token, new: Token) -> bool:
    return old.gap == new.gap or BREAK in (old.gap, new.gap)
