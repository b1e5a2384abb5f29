"""What a body contains, as facts with places: headings, links, images, tables and so on."""

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any

from markdown_it.token import Token

from qms_docs.text import glyphs, leftout, links, lookalikes, unclosed
from qms_docs.text.markdown.identifications import IDENTIFICATION
from qms_docs.text.markdown.outline import outline
from qms_docs.text.markdown.places import Places
from qms_docs.text.markdown.profile import (
    ADOPTER,
    CONTAINERS,
    diagram_kind,
    included_table,
    including_parser,
    may_include,
    parser,
    target_of,
)
from qms_docs.words.findings import Place
from qms_docs.words.model import Cell, Content, Diagram, Heading, Reference, TextTable

_DEEPEST = 19
"""From this level on the parser drops what stands in a block, without a word."""
_HOLDING_BLOCKS = {"blockquote_open", "list_item_open", "dd_open", "footnote_reference_open"}
_HOLDING_BLOCKS |= {f"container_{name}_open" for name in CONTAINERS}
_TELLING_BLOCKS = {"heading_open", "table_open", "fence", "code_block"}
_TELLING_BLOCKS |= {f"container_{name}_open" for name in CONTAINERS}


def read(body: str, path: str, first_line: int) -> Content:
    """Return what a body contains, with places in the file at `path`."""
    env: dict[str, Any] = {}
    tokens = parser().parse(body, env)
    found = _Finder(body, path, first_line)
    found.walk(tokens)
    numbered = {heading.anchor: number for number, heading in enumerate(found.headings)}
    blocks = tuple(outline(tokens, path, numbered))
    return Content(
        headings=tuple(found.headings),
        links=tuple(found.links),
        images=tuple(found.images),
        tables=tuple(found.tables),
        included=tuple(found.included),
        diagrams=tuple(found.diagrams),
        mentions=tuple(found.mentions),
        quotes=tuple(found.quotes),
        anchors=frozenset(found.anchors),
        lookalikes=tuple(found.lookalikes),
        adopter=tuple(found.adopter),
        unclosed=tuple(found.unclosed),
        unprintable=tuple(found.unprintable.values()),
        nested=tuple(found.nested),
        left_out=tuple(
            Reference(each.what, Place(path, first_line + each.line), each.case)
            for each in leftout.of(env, tokens, found.lines)
        ),
        long_words=tuple(found.long_words),
        outline="\n".join(block for block, _ in blocks),
        block_lines=tuple(first_line + line for _, line in blocks),
    )


def included(body: str, path: str, first_line: int) -> Content:
    """Return of what a body contains only what it includes: images, tables and parameters.

    Most texts include nothing, and of others most blocks, which shows without reading them.
    """
    if not may_include(body):
        return Content()
    env: dict[str, Any] = {}
    tokens = including_parser().parse(body, env)
    links = env.get("references", {}).values()  # where a block names only the label of a link
    if any(may_include(target_of(link["href"])) for link in links):
        tokens = parser().parse(body)
    found = _Finder(body, path, first_line)
    found.walk(tokens)
    return Content(
        images=tuple(found.images), included=tuple(found.included), quotes=tuple(found.quotes)
    )


class _Finder:
    """Collects headings, links, images, identifications and anchors from tokens."""

    def __init__(self, body: str, path: str, first_line: int) -> None:
        self._path = path
        self._places = Places(body, path, first_line)
        self.lines = self._places.lines
        self.headings: list[Heading] = []
        self.links: list[Reference] = []
        self.images: list[Reference] = []
        self.tables: list[TextTable] = []
        self.included: list[Reference] = []
        self.diagrams: list[Diagram] = []
        self.mentions: list[Reference] = []
        self.quotes: list[Reference] = []
        self.anchors: set[str] = set()
        self.lookalikes: list[Reference] = []
        self.adopter: list[Reference] = []
        self.unclosed: list[Reference] = []
        self.nested: list[Place] = []
        self.long_words = list(self._places.of_long_words())
        self.unprintable: dict[str, Reference] = {}
        # Most texts need no second look; an entity such as &#9749; shows in none.
        self._is_plain = "&" not in body and not glyphs.missing(body)
        self._may_quote = "{{" in body

    def walk(self, tokens: Sequence[Token]) -> None:
        start, stop = 0, len(self.lines)
        for index, token in enumerate(tokens):
            if token.map:
                start, stop = token.map
            elif token.type == "footnote_open":  # an inline note can stand anywhere
                start, stop = 0, len(self.lines)
            if token.type == "inline":
                self._inline(tokens, index, start, stop)
            elif token.type in _TELLING_BLOCKS or token.attrs or token.level >= _DEEPEST:
                self._block(tokens, index, start, stop)

    def _block(self, tokens: Sequence[Token], index: int, start: int, stop: int) -> None:
        token = tokens[index]
        if token.attrs:
            self._anchor(token)
        if token.level >= _DEEPEST and token.type in _HOLDING_BLOCKS:
            self.nested.append(self._places.of_line(start))
        if token.type not in _TELLING_BLOCKS:
            return
        if token.type == "heading_open":
            self._heading(token, tokens[index + 1], start)
        elif token.type == "table_open":
            rest = map(tokens.__getitem__, range(index, len(tokens)))
            self.tables.append(_table(rest, self._places.of_line(start)))
        else:
            if not self._is_plain:
                self._glyphs(token.content or token.info, start, stop)
            if token.type == f"container_{ADOPTER}_open":
                title = token.info.strip().partition(" ")[2].strip()
                self.adopter.append(Reference("", self._places.of_line(start), title))
            if kind := diagram_kind(token):
                self.diagrams.append(Diagram(kind, token.content, self._places.of_line(start)))
                self._identifications(token.content, start, stop)
            if token.markup and unclosed.is_open(token, self.lines):
                self.unclosed.append(Reference(token.markup, self._places.of_line(start)))

    def _inline(self, tokens: Sequence[Token], index: int, start: int, stop: int) -> None:
        children = tokens[index].children or []
        self._children(children, start, stop)
        if self._may_quote:
            self._quotes(children, start, stop, tokens[index - 1])
        if included_table(tokens, index):
            self.included.append(self.links[-1])

    def _glyphs(self, text: str, start: int, stop: int) -> None:
        for char in glyphs.missing(text):
            if char not in self.unprintable:
                place = self._places.first(char, start, stop)
                self.unprintable[char] = Reference(char, place)

    def _anchor(self, token: Token) -> None:
        if "id" in token.attrs:
            self.anchors.add(str(token.attrs["id"]))

    def _heading(self, token: Token, inline: Token, line: int) -> None:
        text = "".join(
            child.content
            for child in inline.children or []
            if child.type in ("text", "code_inline")
        )
        place = self._places.of_line(line)
        level = int(token.tag.removeprefix("h"))
        self.headings.append(Heading(level, text, str(token.attrs.get("id", "")), place))

    def _children(self, children: Sequence[Token], start: int, stop: int) -> None:
        in_link = 0
        for index, token in enumerate(children):
            kind = token.type
            if kind in ("text", "code_inline") and not self._is_plain:
                self._glyphs(token.content, start, stop)
            if kind == "text":
                if not in_link:  # a link says itself where it leads
                    self._identifications(token.content, start, stop)
                continue
            if token.attrs:
                self._anchor(token)
            if kind == "link_open":
                in_link += 1
                target = target_of(token.attrs.get("href", ""))
                self.links.append(self._leading(target, _words(children, index), start, stop))
                self._behind(token, start, stop, target)
            elif kind == "link_close":
                in_link -= 1
            elif kind == "image":
                target = target_of(token.attrs.get("src", ""))
                self.images.append(self._leading(target, token.content, start, stop))
                self._behind(token, start, stop)
            elif kind in ("softbreak", "hardbreak"):
                start = min(start + 1, stop - 1)

    def _leading(self, target: str, words: str, start: int, stop: int) -> Reference:
        place = self._places.find(target, start, stop)
        return Reference(target, place, words, links.resolve(self._path, target))

    def _behind(self, token: Token, start: int, stop: int, address: str = "") -> None:
        """Look at what is printed behind a link or an image: its title, the address of a file."""
        title = str(token.attrs.get("title", ""))
        path = address.partition("#")[0]
        is_file = path and not path.endswith(".md") and not links.is_web(address)
        if shown := title + address * bool(is_file):
            self._glyphs(shown, start, stop)
            self._identifications(title, start, stop)

    def _identifications(self, text: str, start: int, stop: int) -> None:
        if not lookalikes.may_stand_in(text):
            return
        for match in IDENTIFICATION.finditer(text):
            place = self._places.find(match[0], start, stop)
            self.mentions.append(Reference(match[0], place))
        for typed, meant in lookalikes.find(text):
            place = self._places.find(typed, start, stop)
            self.lookalikes.append(Reference(meant, place, typed))

    def _quotes(
        self, children: Sequence[Token], start: int, stop: int, around: Token | None
    ) -> None:
        """Collect parameters, also those in the words of images."""
        for token in children:
            if token.type == "parameter":
                place = self._places.find(token.markup, start, stop)
                in_heading = around is not None and around.type == "heading_open"
                self.quotes.append(Reference(token.content, place, "heading" * in_heading))
            elif token.type == "image":
                self._quotes(token.children or [], start, stop, None)


def _table(tokens: Iterable[Token], place: Place) -> TextTable:
    """Return the table that begins with the first of `tokens`."""
    rows: list[list[Cell]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_cell(token.children or []))
        elif token.type == "table_close":
            break
    heading, *others = map(tuple, rows)
    return TextTable(heading, tuple(others), place)


def _cell(children: Sequence[Token]) -> Cell:
    if len(children) == 1 and children[0].type == "text":
        return Cell(children[0].content.strip())
    words = (token.markup if token.type == "parameter" else token.content for token in children)
    addresses = (token.attrs.get("href", "") for token in children if token.type == "link_open")
    return Cell("".join(words).strip(), tuple(map(target_of, addresses)))


def _words(children: Sequence[Token], start: int) -> str:
    """Return the words of the link that opens at `start`."""
    rest = map(children.__getitem__, range(start + 1, len(children)))
    return "".join(token.content for token in takewhile(lambda t: t.type != "link_close", rest))
