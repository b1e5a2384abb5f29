"""A body as HTML, for print and for screens."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from qms_docs.text.markdown import paper
from qms_docs.text.markdown.profile import (
    WIDE_FROM,
    diagram_kind,
    included_table,
    parser,
    target_of,
)
from qms_docs.words.model import DataTable


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
    first_line: int | None = None,
    on_paper: bool = False,
) -> str:
    """Turn a body into HTML.

    `link` and `image` say which address a link or an image gets in the output; for None a link
    keeps its words only and an image its alternative text. `diagram` says the same of a kind and
    a source; for None the source is shown. `parameter` gives the value of a name; for None it stays
    as typed. `table` gives the rows of a CSV file; for None there is a link instead.
    With `first_line`, the line of the file on which the body starts, each block says in `data-line`
    where it stands in the file. `on_paper`, titles and addresses that only a pointing device would
    show stand behind the words they belong to.
    """
    markdown = parser()
    tokens = markdown.parse(body)
    for index, token in enumerate(tokens):
        if first_line is not None and token.map and token.nesting >= 0:
            token.attrSet("data-line", str(first_line + token.map[0]))
        if token.type == "inline":
            target = included_table(tokens, index)
            rows = table(target) if target else None
            _readdress(token.children or [], str if rows else link, image)
            if on_paper:
                paper.spell_out(tokens, index)
            if rows:
                _include(tokens, index, rows)
            _quote(token.children or [], parameter)
        elif token.type == "table_open":
            _classify(token, map(tokens.__getitem__, range(index, len(tokens))))
        elif (kind := diagram_kind(token)) and (drawn := diagram(kind, token.content)):
            # Here, for most texts have none, and a check needs no HTML at all.
            from qms_docs.text.diagrams import mermaid

            token.type = "diagram"
            # Without alternative text it is not in order, but a preview shows it all the same.
            token.attrs = {
                "src": drawn.address,
                "alt": mermaid.alternative(token.content) or "\u2013",
            }
            token.info = "diagram wide" if drawn.is_wide else "diagram"
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def _include(tokens: Sequence[Token], index: int, rows: DataTable) -> None:
    """Make a caption of a paragraph's words, and let a table follow it."""
    paragraph, inline, end = tokens[index - 1 : index + 2]
    paragraph.attrSet("class", "table-caption")
    words = (token for token in inline.children or [] if not token.type.startswith("link_"))
    inline.children = list(words)
    end.type, end.meta = "data_table", {"rows": rows}


def _classify(table: Token, tokens: Iterable[Token]) -> None:
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
            token.meta["written"] = target_of(token.attrs.pop("href", ""))
            target = link(token.meta["written"])
            if target is not None:
                token.attrs["href"] = target
        elif token.type == "image":
            source = image(target_of(token.attrs.pop("src", "")))
            if source is not None:
                token.attrs["src"] = source


def _quote(children: list[Token], parameter: Callable[[str], str | None]) -> None:
    """Put the values of parameters into the text, also into the words of images."""
    for token in children:
        if token.type == "parameter":
            token.type, token.content = "text", parameter(token.content) or token.markup
        elif token.type == "image":
            _quote(token.children or [], parameter)
