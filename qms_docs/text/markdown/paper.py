"""What a pointing device would show and paper does not, as text behind the words it belongs to."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token


def spell_out(tokens: Sequence[Token], index: int) -> None:
    """Add to the inline token at `index` the titles, and the addresses that cannot be followed.

    Each link bears its address as written in `meta`; it cannot be followed if it has no `href`. A
    link without words gets its address as its words. An image that is all of a paragraph keeps its
    title as an attribute, for the page to make a caption of it.
    """
    children = tokens[index].children or []
    around = tokens[index - 1]
    is_figure = len(children) == 1 and around.type == "paragraph_open" and not around.hidden
    tokens[index].children = list(_spelt_out(children, is_figure))


def _spelt_out(children: Sequence[Token], is_figure: bool) -> Iterator[Token]:
    start = 0
    for index, token in enumerate(children):
        if token.type == "link_open":
            start = index
        if token.type == "link_close":
            yield from _closed(children[start], children[start + 1 : index], token)
        else:
            yield token
        if token.type == "image" and not (is_figure and "src" in token.attrs):
            yield from _behind("" if "src" in token.attrs else token.content, _title(token))


def _closed(link: Token, inside: Sequence[Token], end: Token) -> Iterator[Token]:
    """Yield the end of a link and what stands behind it, before it words if there are none."""
    written, words = link.meta["written"], "".join(token.content for token in inside)
    if not words.strip() and not any(token.type == "image" for token in inside):
        yield _text(words := written)
    yield end
    yield from _behind(words, _title(link), "" if "href" in link.attrs else written)


def _behind(words: str, *notes: str) -> Iterator[Token]:
    """Yield, in brackets, what does not stand in the words already."""
    new = [note for note in dict.fromkeys(notes) if note not in words]
    if new:
        yield _text(f" ({', '.join(new)})")


def _title(token: Token) -> str:
    return str(token.attrs.get("title", ""))


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
