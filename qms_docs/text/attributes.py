"""Attributes in braces: `{#limits lang=en}` above a block, `{width="60%"}` behind an image.

The library takes more for attributes and drops it: classes, comments such as `{% today %}`, which
other programs fill in, empty braces, and all of a line that only begins and ends with braces. Here
that is text, as raw HTML is, so that it is seen that it has no effect.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin

_NAME, _BLOCK = "attr", "attrs_block"


def _braces(*kinds: str) -> re.Pattern[str]:
    one = f"(?:{'|'.join(kinds)})"
    return re.compile(rf"\{{[ \t]*{one}(?:[ \t]+{one})*[ \t]*\}}")


# No classes: a text must not be able to dress up as the parts of the page that we print.
_ID = r"""#[^\s!-,./;-@\[-^`{-~]+"""
_LANGUAGE = r"""lang=(?:"[A-Za-z0-9-]+"|[A-Za-z0-9-]+)"""
_ANYWHERE = _braces(_ID, _LANGUAGE)
_WIDTH = r"""width=(?:"[0-9]{1,4}(?:%|px)?"|[0-9]{1,4}(?:px)?)"""
_BEHIND_IMAGE = _braces(_ID, _LANGUAGE, _WIDTH)


def plugin(markdown: MarkdownIt) -> None:
    """Read attributes; those that would have no effect, or are not harmless, are text."""
    attrs_plugin(markdown, allowed=("id", "width", "lang"))
    attrs_block_plugin(markdown, allowed=("id", "lang"))
    inline, block = markdown.inline.ruler, markdown.block.ruler
    read_behind = dict(zip(inline.get_active_rules(), inline.getRules(""), strict=True))[_NAME]
    read_above = dict(zip(block.get_active_rules(), block.getRules(""), strict=True))[_NAME]

    def behind(state: StateInline, silent: bool) -> bool:
        is_image = bool(state.tokens) and state.tokens[-1].type == "image"
        kept = _BEHIND_IMAGE if is_image else _ANYWHERE
        found = kept.match(state.src, state.pos, state.posMax)
        return found is not None and read_behind(state, silent)

    def above(state: StateBlock, line: int, last: int, silent: bool) -> bool:
        start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        found = _ANYWHERE.fullmatch(state.src[start:end].rstrip(" \t"))
        if found is None or not read_above(state, line, last, silent):
            return False
        if not silent:
            state.tokens[-1].content = found[0]
        return True

    inline.at(_NAME, behind)
    block.at(_NAME, above)
    markdown.core.ruler.after("block", "attr_alone", _alone_as_text)


def _alone_as_text(state: StateCore) -> None:
    """Make paragraphs of attributes that stand above nothing."""
    if "{" not in state.src:
        return
    found: list[Token] = []
    below: Token | None = None
    for token in reversed(state.tokens):
        alone = below is None or below.nesting < 0 or below.type == "footnote_reference_open"
        found += _paragraph(token) if alone and token.type == _BLOCK else (token,)
        below = token
    state.tokens = found[::-1]


def _paragraph(attributes: Token) -> tuple[Token, ...]:
    """Return the tokens of a paragraph, the last first."""
    inline = Token("inline", "", 0, content=attributes.content, map=attributes.map, children=[])
    return (
        Token("paragraph_close", "p", -1, block=True),
        inline,
        Token("paragraph_open", "p", 1, map=attributes.map, block=True),
    )
