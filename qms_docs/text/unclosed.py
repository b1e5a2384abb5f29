"""Blocks that nobody closed: all of the text behind their first line belongs to them."""

from collections.abc import Sequence

from markdown_it.token import Token


def is_open(block: Token, lines: Sequence[str]) -> bool:
    """Tell whether a code block between fences, or a container, was left open."""
    assert block.map
    first, end = block.map
    last = end - 1 if block.type == "fence" else end
    closing = lines[last].strip(" \t>") if first < last < len(lines) else ""
    return len(closing) < len(block.markup) or bool(closing.strip(block.markup[0]))
