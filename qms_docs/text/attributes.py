"""Attributes in braces: `{#limits lang=en}` above a block, `{width="60%"}` behind an image.

The library takes more for attributes and drops it: comments such as `{% today %}`, which other
programs fill in, empty braces, and all of a line that only begins and ends with braces. Here that
is text, as raw HTML is, so that it is seen that no one has filled it in.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin

_ONE = r"""(?:[#.][^\s{}]+|[\w:-]+=(?:"[^"]*"|[^\s{}"]+))"""
_ATTRIBUTES = re.compile(rf"\{{[ \t]*{_ONE}(?:[ \t]+{_ONE})*[ \t]*\}}")
_NAME = "attr"


def plugin(markdown: MarkdownIt) -> None:
    """Read attributes; kept are those that are harmless."""
    # No classes: a text must not be able to dress up as the parts of the page that we print.
    attrs_plugin(markdown, allowed=("id", "width", "lang"))
    attrs_block_plugin(markdown, allowed=("id", "lang"))
    inline, block = markdown.inline.ruler, markdown.block.ruler
    read_behind = dict(zip(inline.get_active_rules(), inline.getRules(""), strict=True))[_NAME]
    read_above = dict(zip(block.get_active_rules(), block.getRules(""), strict=True))[_NAME]

    def behind(state: StateInline, silent: bool) -> bool:
        found = _ATTRIBUTES.match(state.src, state.pos, state.posMax)
        return found is not None and read_behind(state, silent)

    def above(state: StateBlock, line: int, last: int, silent: bool) -> bool:
        start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        found = _ATTRIBUTES.fullmatch(state.src[start:end].rstrip(" \t"))
        return found is not None and read_above(state, line, last, silent)

    inline.at(_NAME, behind)
    block.at(_NAME, above)
