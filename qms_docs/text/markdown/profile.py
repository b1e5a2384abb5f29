"""The parser of the Markdown profile; its own kinds of tokens, recognised and written."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any
from urllib.parse import unquote

import markdown_it
import mdit_py_plugins
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from qms_docs.text import attributes, leftout, links, parameters
from qms_docs.text.markdown import linear
from qms_docs.words.diagrams import KINDS

PARSER = f"markdown-it-py {markdown_it.__version__}, mdit-py-plugins {mdit_py_plugins.__version__}"
"""What reads Markdown: another version may read it differently."""
ADOPTER = "adopter"
"""The container for what whoever adopts the manual must set or decide."""
CONTAINERS = ("note", "warning", ADOPTER)
WIDE_FROM = 8
"""A table with at least so many columns is printed on a landscape page."""

# What is included is written as an image, as a parameter or as a link to a file *.csv. An address
# can be written with escapes, by the percent sign or by entities; nothing else hides a letter.
_INCLUDING = re.compile(r"!\[|\{\{|csv|%[0-9a-f]{2}|&#?\w+;", re.IGNORECASE)


def slug(title: str) -> str:
    """Return the anchor of a heading, by the way forges make it, so that links work in both."""
    kept = (
        char
        for char in unicodedata.normalize("NFC", title.strip().lower())
        if char in "-_ " or unicodedata.category(char)[0] in "LNM"
    )
    return "".join(kept).replace(" ", "-")


@cache
def parser() -> MarkdownIt:
    """Return the parser, made once."""
    return _made()


@cache
def including_parser() -> MarkdownIt:
    """Return a parser that reads only those blocks that may include something or have a note."""
    markdown = _made()
    markdown.core.ruler.at("inline", _read_including)
    markdown.core.ruler.disable(["left_out", "anchors"])  # of these nobody asks here
    return markdown


def may_include(text: str) -> bool:
    """Tell whether a text may include something; most texts that include nothing: False."""
    return _INCLUDING.search(text) is not None


def _read_including(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            # A note is printed only if something refers to it: all that may do so is read.
            if "^" in token.content or may_include(token.content):
                state.md.inline.parse(token.content, state.md, state.env, token.children)


def _made() -> MarkdownIt:
    options = {"html": False, "store_labels": True}
    markdown = MarkdownIt("commonmark", options, renderer_cls=_Renderer)
    markdown.enable(["table", "strikethrough"])
    linear.bare_addresses(markdown)
    footnote_plugin(markdown)
    deflist_plugin(markdown)
    linear.task_lists(markdown)
    parameters.plugin(markdown)
    attributes.plugin(markdown)
    leftout.plugin(markdown)
    linear.anchors(markdown, slug)
    linear.brackets(markdown)
    for name in CONTAINERS:
        container_plugin(markdown, name, render=_container)
    linear.stops(markdown)
    # Footnotes are printed at the end of the text; a way back is for screens.
    markdown.add_render_rule("footnote_anchor", _nothing)
    markdown.add_render_rule("footnote_caption", _footnote_number)
    # Texts lead to the same places again and again.
    normalized = lru_cache(maxsize=65536)(markdown.normalizeLink)
    # There is no setting for either of these two.
    markdown.normalizeLink = normalized  # type: ignore[method-assign]  # its hook
    # A link that would be refused must be seen by the rules, not turned into text.
    markdown.validateLink = _any_link  # type: ignore[method-assign]  # its hook
    return markdown


@lru_cache(maxsize=65536)
def target_of(address: object) -> str:
    """Return where a link or image leads: a path by its plain name, a web address as it is."""
    written = str(address)
    return written if links.is_web(written) else unquote(written)


def diagram_kind(token: Token) -> str | None:
    """Return the language of a diagram, None for any other token."""
    word = token.info.split(maxsplit=1)[:1] if token.type == "fence" else []
    return word[0] if word and word[0] in KINDS else None


def included_table(tokens: Sequence[Token], index: int) -> str | None:
    """Return the CSV file that a paragraph consists of a link to, None for any other."""
    around, children = tokens[index - 1], tokens[index].children
    if not children or children[0].type != "link_open" or children[-1].type != "link_close":
        return None
    alone = [token for token in children if token.type == "link_open"] == children[:1]
    if not alone or around.type != "paragraph_open" or around.level:
        return None
    target = target_of(children[0].attrs.get("href", ""))
    return target if target.lower().endswith(".csv") and not links.is_web(target) else None


def _any_link(url: str) -> bool:
    return url is not None


def _nothing(*_: object) -> str:
    return ""


def _footnote_number(_: object, tokens: Sequence[Token], idx: int, *_options: object) -> str:
    return f"[{int(tokens[idx].meta['id']) + 1}]"  # the same at every mark of a note


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
