"""A rendered text taken apart for comparison: blocks that stand one after another, and tokens.

A token is the least thing a reader sees change: a Latin word, a number or an identification as a
whole, a Han character, a punctuation mark, an image. Input is what text.markdown.to_html returns.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from itertools import groupby
from typing import NamedTuple

VOID = frozenset({"br", "hr", "img", "input"})
ATOMS = frozenset({"br", "img", "input", "svg"})
"""What stands in a line and is not text: it changes as a whole."""
LEAVES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "dt", "th", "td"})
"""Blocks that hold lines of text only."""
GROUPS = frozenset(
    {"ul", "ol", "li", "dl", "dd", "blockquote", "div", "section", "table", "thead", "tbody", "tr"}
)
"""Blocks that hold blocks; an item or a definition may hold lines too."""
NUMBER = "\x1c"
"""Starts the key of a token that only counts, such as a footnote's number in the text. The parser
takes this character for white space, so that no word holds it."""
_DEEPEST = 60  # what is nested deeper is read as if it were not
_HAN = "\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = rf"[^\W_{_HAN}]+"
_MARKS = "[\u0300-\u036f\u200d\ufe00-\ufe0f]*"
_TOKEN = re.compile(rf"\s+|(?:{_WORD}(?:(?:[-._'\u2019]|(?<=\d)[,:/](?=\d)){_WORD})*|\S){_MARKS}")


@dataclass(eq=False)
class Node:
    """An element; `html` from `start` to `end` is its source."""

    tag: str
    attrs: dict[str, str]
    html: str
    start: int
    end: int
    children: list["Node | str"] = field(default_factory=list)

    @property
    def source(self) -> str:
        """The element as it was written."""
        return self.html[self.start : self.end]

    def has_class(self, name: str) -> bool:
        """Tell whether the element carries a class."""
        return name in self.attrs.get("class", "").split()

    def nodes(self) -> Iterator["Node"]:
        """Yield this element and all below it."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.nodes()


class Token(NamedTuple):
    """A token, the white space before it and the inline elements around it."""

    text: str
    """As shown; empty for an atom."""
    key: str
    """Equal for tokens that a reader would not tell apart."""
    space: str
    gap: str
    """The white space as compared: where a line ends in the source is not seen."""
    path: tuple[Node, ...]
    atom: Node | None = None

    @property
    def is_number(self) -> bool:
        """Tell whether the token only counts: it follows from the order of other things."""
        return self.key.startswith(NUMBER)


@dataclass(eq=False)
class Block:
    """A block: a leaf with tokens or a group with blocks. `node` is None for bare lines."""

    kind: str
    """Only blocks of the same kind are compared."""
    node: Node | None
    tokens: Sequence[Token] = ()
    children: Sequence["Block"] = ()

    @property
    def is_group(self) -> bool:
        """Tell whether the block holds blocks."""
        return self.node is not None and self.node.tag in GROUPS

    @cached_property
    def key(self) -> str:
        """Equal for blocks that read the same."""
        start = self.node.attrs.get("start", "") if self.node else ""
        parts = [token.gap + token.key for token in self.tokens if token.key != "br"]
        return "\x1d".join(
            [f"{self.kind} {start}", *parts, *(child.key for child in self.children), "\x1e"]
        )

    @cached_property
    def text(self) -> str:
        """What the block says, numbers that only count included."""
        return "\x1d".join([*(t.text for t in self.tokens), *(c.text for c in self.children)])

    @cached_property
    def words(self) -> Sequence[str]:
        """What tells how alike two blocks are."""
        found = [word for token in self.tokens for word in _words(token)]
        for child in self.children:
            found += child.words
        return found


def parse(html: str) -> Node:
    """Return the elements of an HTML text below one nameless element."""
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    return reader.root


def blocks(nodes: Sequence[Node | str], notes: Mapping[str, str]) -> list[Block]:
    """Return the blocks that children of an element make.

    `notes` says for the addresses of footnotes (`#fn1`) which note is meant, in words that are
    the same for the same note before and after.
    """
    found: list[Block] = []
    for in_line, group in groupby(nodes, lambda node: not _is_block(node)):
        if in_line:
            tokens = _tokens(list(group), notes, exact=False)
            found += [Block("p", None, tokens)] if tokens else []
        else:
            found += [_block(node, notes) for node in group if isinstance(node, Node)]
    return found


def _is_block(node: Node | str) -> bool:
    return isinstance(node, Node) and (node.tag in LEAVES or node.tag in GROUPS)


def _block(node: Node, notes: Mapping[str, str]) -> Block:
    if node.tag in LEAVES:
        tokens = _tokens(node.children, notes, exact=node.tag == "pre")
        return Block(node.tag, node, tokens)
    kind = f"div {node.attrs.get('class', '')}" if node.tag == "div" else node.tag
    return Block(kind, node, children=blocks(node.children, notes))


def _tokens(nodes: Sequence[Node | str], notes: Mapping[str, str], exact: bool) -> list[Token]:
    found: list[Token] = []
    space = before = ""
    for piece in _pieces(nodes, notes, ()):
        whole = piece.atom is not None or piece.is_number
        for word in [piece.text] if whole else _TOKEN.findall(piece.text):
            if word.isspace():
                space += word
                continue
            gap = space if exact else _gap(before, space, word)
            key = piece.key if whole else word + piece.key
            found.append(Token(word, key, space, gap, piece.path, piece.atom))
            space, before = "", word
    return found


def _pieces(
    nodes: Sequence[Node | str], notes: Mapping[str, str], path: tuple[Node, ...]
) -> Iterator[Token]:
    """Yield each run of text as one token whose key is what the keys of its words end with."""
    format_key = "".join(f"\x1f{node.tag} {node.attrs.get('href', '')}" for node in path)
    for node in nodes:
        if isinstance(node, str):
            yield Token(node, format_key, "", "", path)
        elif node.tag in ATOMS:
            yield Token("", _atom_key(node) + format_key, "", "", path, node)
        elif node.tag == "a" and path and path[-1].has_class("footnote-ref"):
            number = "".join(child for child in node.children if isinstance(child, str))
            note = notes.get(node.attrs.get("href", ""), number)
            yield Token(number, NUMBER + note, "", "", (*path, node))
        else:
            yield from _pieces(node.children, notes, (*path, node))


def _atom_key(node: Node) -> str:
    if node.tag == "br":
        return "br"
    told = [f"{name}={value}" for name, value in node.attrs.items() if name not in ("id", "class")]
    return " ".join([node.tag, *told])


def _gap(before: str, space: str, after: str) -> str:
    """Return white space as compared; a line end amid Chinese is none."""
    if "\n" in space and before[-1:] >= "\u2e80" and after[:1] >= "\u2e80":
        return ""
    return " " if space else ""


def _words(token: Token) -> list[str]:
    if token.is_number:
        return []
    if token.atom is None:
        return [token.text] if token.text[0].isalnum() else []
    kind, attrs = token.atom.tag, token.atom.attrs
    # Twice the kind: that both are images already makes them somewhat alike.
    return [] if kind == "br" else [kind, kind, attrs.get("src", ""), *attrs.get("alt", "").split()]


class _Reader(HTMLParser):
    """Builds the tree. An end tag that ends nothing is passed over."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._html = html
        self._lines = [0, *(match.end() for match in re.finditer("\n", html))]
        self.root = Node("", {}, html, 0, len(html))
        self._open = [self.root]
        self._passed = 0

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self._open) > _DEEPEST:
            self._passed += tag not in VOID
            return
        start = self._here()
        end = start + len(self.get_starttag_text() or "")
        node = Node(tag, {name: value or "" for name, value in attrs}, self._html, start, end)
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._passed:
            self._passed -= 1
        elif tag in [node.tag for node in self._open]:
            end = self._html.find(">", self._here()) + 1
            while True:
                node = self._open.pop()
                node.end = end
                if node.tag == tag:
                    break

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
