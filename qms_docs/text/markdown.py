"""The Markdown profile: what a controlled text may use, read into facts or turned into HTML.

CommonMark 0.31 with GitHub's tables, strikethrough, task lists and bare web addresses, footnotes,
definition lists, `note` and `warning` containers and attributes; fences with diagrams. Raw HTML is
text, not markup.
docs/markdown.md is the profile as editors read it.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from qms_docs.text import links, parameters
from qms_docs.text.diagrams import mermaid, reading
from qms_docs.words.findings import Place
from qms_docs.words.model import Cell, Content, DataTable, Diagram, Heading, Reference, TextTable

CONTAINERS = ("note", "warning")
WIDE_FROM = 8
"""A table with at least so many columns is printed on a landscape page."""
# No word boundary: in Chinese an identification has no spaces around it.
IDENTIFICATION = re.compile(
    r"(?<![A-Za-z0-9-])[A-Z][A-Z0-9]*-[A-Z]{2}-[0-9]{2}(?:-[0-9]{2})?(?![A-Za-z0-9])"
)
# As the parser counts them: an old line end, a lone carriage return, is one too.
_LINE_END = re.compile(r"\r\n?|\n")


def slug(title: str) -> str:
    """Return the anchor of a heading, by the way forges make it, so that links work in both."""
    kept = (
        char
        for char in unicodedata.normalize("NFC", title.strip().lower())
        if char in "-_ " or unicodedata.category(char)[0] in "LNM"
    )
    return "".join(kept).replace(" ", "-")


@cache
def _profile() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    markdown.enable(["table", "strikethrough"])
    gfm_autolink_plugin(markdown)
    footnote_plugin(markdown)
    deflist_plugin(markdown)
    tasklists_plugin(markdown)
    parameters.plugin(markdown)
    # No classes: a text must not be able to dress up as the parts of the page that we print.
    attrs_plugin(markdown, allowed=("id", "width", "lang"))
    attrs_block_plugin(markdown, allowed=("id", "lang"))
    anchors_plugin(markdown, min_level=1, max_level=6, slug_func=slug)
    for name in CONTAINERS:
        container_plugin(markdown, name, render=_container)
    # Footnotes are printed at the end of the text; a way back is for screens.
    markdown.add_render_rule("footnote_anchor", _nothing)
    markdown.add_render_rule("footnote_caption", _footnote_number)
    # A link that would be refused must be seen by the rules, not turned into text.
    markdown.validateLink = _any_link  # type: ignore[method-assign]
    return markdown


def read(body: str, path: str, first_line: int) -> Content:
    """Return what a body contains, with places in the file at `path`."""
    tokens = _profile().parse(body)
    found = _Finder(body, path, first_line)
    found.walk(tokens)
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
    )


class Drawn(NamedTuple):
    """A diagram as an image."""

    address: str
    is_wide: bool
    """Whether it needs a landscape page."""


def to_html(
    body: str,
    link: Callable[[str], str | None],
    image: Callable[[str], str | None],
    diagram: Callable[[str, str], Drawn | None] = lambda *_: None,
    parameter: Callable[[str], str | None] = lambda _: None,
    table: Callable[[str], DataTable | None] = lambda _: None,
) -> str:
    """Turn a body into HTML.

    `link` and `image` say which address a link or an image gets in the output; for None a link
    keeps its words only and an image its alternative text. `diagram` says the same of a kind and
    a source; for None the source is shown. `parameter` gives the value of a name; for None it stays
    as typed. `table` gives the rows of a CSV file; for None there is a link instead.
    """
    markdown = _profile()
    tokens = markdown.parse(body)
    for index, token in enumerate(tokens):
        if token.type == "inline":
            if (target := _included_table(tokens, index)) and (rows := table(target)):
                _include(tokens, index, rows)
            _readdress(token.children or [], link, image)
            _quote(token.children or [], parameter)
        elif token.type == "table_open":
            _classify(token, tokens[index:])
        elif (kind := _diagram_kind(token)) and (drawn := diagram(kind, token.content)):
            token.type = "diagram"
            # Without alternative text it is not in order, but a preview shows it all the same.
            token.attrs = {
                "src": drawn.address,
                "alt": mermaid.alternative(token.content) or "\u2013",
            }
            token.info = "diagram wide" if drawn.is_wide else "diagram"
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def _any_link(url: str) -> bool:
    return url is not None


def _target(address: object) -> str:
    """Return where a link or image leads: a path by its plain name, a web address as it is."""
    written = str(address)
    return written if links.is_web(written) else unquote(written)


def _diagram_kind(token: Token) -> str | None:
    """Return the language of a diagram, None for any other token."""
    word = token.info.split(maxsplit=1)[:1] if token.type == "fence" else []
    return word[0] if word and word[0] in reading.KINDS else None


def _included_table(tokens: Sequence[Token], index: int) -> str | None:
    """Return the CSV file that a paragraph consists of a link to, None for any other."""
    children = tokens[index].children or []
    alone = [token for token in children if token.type == "link_open"] == children[:1] != []
    if not alone or children[-1].type != "link_close" or tokens[index - 1].level:
        return None
    target = _target(children[0].attrs.get("href", ""))
    is_file = tokens[index - 1].type == "paragraph_open" and not links.is_web(target)
    return target if is_file and target.lower().endswith(".csv") else None


def _include(tokens: Sequence[Token], index: int, rows: DataTable) -> None:
    """Make a caption of a paragraph's words, and let a table follow it."""
    paragraph, inline, end = tokens[index - 1 : index + 2]
    paragraph.attrSet("class", "table-caption")
    inline.children = (inline.children or [])[1:-1]
    end.type, end.meta = "data_table", {"rows": rows}


def _nothing(*_: object) -> str:
    return ""


def _footnote_number(_: object, tokens: Sequence[Token], idx: int, *_options: object) -> str:
    return f"[{int(tokens[idx].meta['id']) + 1}]"  # the same at every mark of a note


def _classify(table: Token, tokens: Sequence[Token]) -> None:
    """Mark a table by the number of its columns, so that wide ones get a page of their own."""
    columns = 0
    for token in tokens:
        columns += token.type == "th_open"
        if token.type == "thead_close":
            break
    table.attrJoin("class", f"columns-{columns}" + " wide" * (columns >= WIDE_FROM))


def _readdress(
    children: list[Token], link: Callable[[str], str | None], image: Callable[[str], str | None]
) -> None:
    for token in children:
        if token.type == "link_open":
            target = link(_target(token.attrs.pop("href", "")))
            if target is not None:
                token.attrs["href"] = target
        elif token.type == "image":
            source = image(_target(token.attrs.pop("src", "")))
            if source is not None:
                token.attrs["src"] = source


def _quote(children: list[Token], parameter: Callable[[str], str | None]) -> None:
    """Put the values of parameters into the text, also into the words of images."""
    for token in children:
        if token.type == "parameter":
            token.type, token.content = "text", parameter(token.content) or token.markup
        elif token.type == "image":
            _quote(token.children or [], parameter)


class _Renderer(RendererHTML):
    """The library's renderer; an image without an address keeps its words."""

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        token = tokens[idx]
        if "src" not in token.attrs:
            return super().renderInlineAsText(token.children, options, env)
        return super().image(tokens, idx, options, env)

    def diagram(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        token = tokens[idx]
        return f'<figure class="{token.info}"><img{self.renderAttrs(token)}></figure>\n'

    def data_table(self, tokens: Sequence[Token], idx: int, *_: object) -> str:
        """Write a table as the library writes those of the text."""
        heading, *rows = tokens[idx].meta["rows"]
        wide = " wide" * (len(heading) >= WIDE_FROM)
        head, *body = (
            "<tr>\n" + "".join(f"<{tag}>{escapeHtml(cell)}</{tag}>\n" for cell in row) + "</tr>\n"
            for tag, row in (("th", heading), *(("td", row) for row in rows))
        )
        return (
            f'</p>\n<table class="columns-{len(heading)}{wide}">\n<thead>\n{head}</thead>\n'
            f"<tbody>\n{''.join(body)}</tbody>\n</table>\n"
        )


def _container(_: object, tokens: Sequence[Token], idx: int, *_options: object) -> str:
    token = tokens[idx]
    if token.nesting < 0:
        return "</div>\n"
    name, _, title = token.info.strip().partition(" ")
    shown = f'<p class="container-title">{escapeHtml(title.strip())}</p>\n' if title else ""
    return f'<div class="container {name}">\n{shown}'


class _Finder:
    """Collects headings, links, images, identifications and anchors from tokens."""

    def __init__(self, body: str, path: str, first_line: int) -> None:
        self._lines = _LINE_END.split(body)
        self._path = path
        self._first_line = first_line
        self._seen: set[tuple[str, int, int]] = set()
        self.headings: list[Heading] = []
        self.links: list[Reference] = []
        self.images: list[Reference] = []
        self.tables: list[TextTable] = []
        self.included: list[Reference] = []
        self.diagrams: list[Diagram] = []
        self.mentions: list[Reference] = []
        self.quotes: list[Reference] = []
        self.anchors: set[str] = set()

    def walk(self, tokens: Sequence[Token]) -> None:
        start, stop = 0, len(self._lines)
        for index, token in enumerate(tokens):
            if token.map:
                start, stop = token.map
            elif token.type == "footnote_open":  # an inline note can stand anywhere
                start, stop = 0, len(self._lines)
            self._anchor(token)
            if token.type == "heading_open":
                self._heading(token, tokens[index + 1], start)
            if token.type == "inline":
                self._children(token.children or [], start, stop)
                self._quotes(token.children or [], start, stop, tokens[index - 1])
                if _included_table(tokens, index):
                    self.included.append(self.links[-1])
            elif token.type == "table_open":
                place = Place(self._path, self._first_line + start)
                self.tables.append(_table(tokens[index:], place))
            elif kind := _diagram_kind(token):
                place = Place(self._path, self._first_line + start)
                self.diagrams.append(Diagram(kind, token.content, place))

    def _anchor(self, token: Token) -> None:
        if token.attrs and "id" in token.attrs:
            self.anchors.add(str(token.attrs["id"]))

    def _heading(self, token: Token, inline: Token, line: int) -> None:
        text = "".join(
            child.content
            for child in inline.children or []
            if child.type in ("text", "code_inline")
        )
        place = Place(self._path, self._first_line + line, 1)
        level = int(token.tag.removeprefix("h"))
        self.headings.append(Heading(level, text, str(token.attrs.get("id", "")), place))

    def _children(self, children: Sequence[Token], start: int, stop: int) -> None:
        in_link = 0
        for index, token in enumerate(children):
            self._anchor(token)
            in_link += token.nesting if token.type.startswith("link_") else 0
            if token.type == "link_open":
                target = _target(token.attrs.get("href", ""))
                words = _words(children[index + 1 :])
                self.links.append(Reference(target, self._locate(target, start, stop), words))
            elif token.type == "image":
                target = _target(token.attrs.get("src", ""))
                place = self._locate(target, start, stop)
                self.images.append(Reference(target, place, token.content))
            elif token.type == "text" and not in_link:  # a link says itself where it leads
                for match in IDENTIFICATION.finditer(token.content):
                    place = self._locate(match[0], start, stop)
                    self.mentions.append(Reference(match[0], place))
            elif token.type in ("softbreak", "hardbreak"):
                start = min(start + 1, stop - 1)

    def _quotes(
        self, children: Sequence[Token], start: int, stop: int, around: Token | None
    ) -> None:
        """Collect parameters, also those in the words of images."""
        for token in children:
            if token.type == "parameter":
                place = self._locate(token.markup, start, stop)
                in_heading = around is not None and around.type == "heading_open"
                self.quotes.append(Reference(token.content, place, "heading" * in_heading))
            elif token.type == "image":
                self._quotes(token.children or [], start, stop, None)

    def _locate(self, text: str, start: int, stop: int) -> Place:
        """Find where a text stands from its block's line on; else name the block's line."""
        for number in range(start, stop):
            for line in (self._lines[number], unquote(self._lines[number])):
                column = line.find(text)
                while (text, number, column) in self._seen:
                    column = line.find(text, column + 1)
                if column >= 0:
                    self._seen.add((text, number, column))
                    return Place(self._path, self._first_line + number, column + 1)
        return Place(self._path, self._first_line + start, 1)


def _table(tokens: Sequence[Token], place: Place) -> TextTable:
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
    links = (_target(token.attrs.get("href", "")) for token in children)
    kinds = zip(links, children, strict=True)
    text = "".join(
        token.markup if token.type == "parameter" else token.content for token in children
    )
    return Cell(text.strip(), tuple(link for link, token in kinds if token.type == "link_open"))


def _words(children: Sequence[Token]) -> str:
    """Return the words of a link whose opening token stands before `children`."""
    words = []
    for token in children:
        if token.type == "link_close":
            break
        words.append(token.content)
    return "".join(words)
