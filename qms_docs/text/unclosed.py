"""Blocks that nobody closed: all of the text behind their first line belongs to them."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token


def find(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the first line (from 0) and the signs of each code block or container left open."""
    for token in tokens:
        if token.map is None or not token.markup:
            continue
        first, end = token.map
        if token.type == "fence":
            last = end - 1
        elif token.type.startswith("container_") and token.nesting == 1:
            last = end
        else:
            continue
        closing = lines[last].strip(" \t>") if first < last < len(lines) else ""
        signs = token.markup
        if len(closing) < len(signs) or closing.strip(signs[0]):
            yield first, signs
