"""What stands in a text and is not printed, because nothing leads to it or it has no place."""

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_KEY = "left_out"
_BEFORE = " \t>"
"""What can stand before a row of a table in a quotation or a list."""


class LeftOut(NamedTuple):
    """Something that is not printed."""

    case: str
    """`note`: a footnote without a mark; `repeated`: one whose name another has; `cells`: what
    stands behind the last column of a table; `definition`: an address with a name that nothing
    uses; `code`: what stands behind the name of a language above a code block."""
    what: str
    """The name of the footnote, the first of the cells, the words above the code, the line of the
    definition."""
    line: int
    """Counted from 0, in the body."""


def plugin(markdown: MarkdownIt) -> None:
    """Let the parser take note of it; with footnotes, tables and the option `store_labels` only."""
    markdown.core.ruler.after("block", _KEY, _collect)


def of(
    env: MutableMapping[str, Any], tokens: Iterable[Token], lines: Sequence[str]
) -> Iterator[LeftOut]:
    """Yield what was left out, from what a parser has made of the lines of a text."""
    marks = env.get("footnotes", {}).get("refs", {})
    notes = {each.what: each.line for each in env[_KEY] if each.case == "note"}
    for each in env[_KEY]:
        if each.case in ("cells", "code") or marks.get(f":{each.what}", -1) < 0:
            yield each
        elif notes[each.what] != each.line:  # the last of a name is printed
            yield each._replace(case="repeated")

    for line in _unused(env, tokens):
        yield LeftOut("definition", lines[line].strip(), line)


def _unused(env: MutableMapping[str, Any], tokens: Iterable[Token]) -> Iterator[int]:
    """Yield the lines of addresses with a name that no link uses, or that another has before."""
    definitions = env.get("references", {})
    used = set(_labels(tokens)) if definitions else ()
    for name, definition in definitions.items():
        if name not in used:
            yield definition["map"][0]
    for definition in env.get("duplicate_refs", ()):
        yield definition["map"][0]


def _labels(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if "label" in token.meta:
            yield token.meta["label"]
        yield from _labels(token.children or ())


def _collect(state: StateCore) -> None:
    lines = state.src.split("\n")
    found: list[LeftOut] = []
    columns, in_body = 0, False
    for token in state.tokens:
        if token.type == "footnote_reference_open" and token.map:
            found.append(LeftOut("note", token.meta["label"], token.map[0]))
        elif token.type == "table_open":
            columns, in_body = 0, False
        elif token.type in ("th_open", "tbody_open"):
            columns, in_body = columns + (token.type == "th_open"), token.type == "tbody_open"
        elif token.type == "tr_open" and in_body:
            found += _surplus(token, lines, columns)
        elif token.type == "fence" and token.map:
            behind = token.info.split(maxsplit=1)[1:]
            found += (LeftOut("code", words.strip(), token.map[0]) for words in behind)
    state.env[_KEY] = found


def _surplus(row: Token, lines: Sequence[str], columns: int) -> Iterator[LeftOut]:
    assert row.map
    written = lines[row.map[0]].lstrip(_BEFORE).removeprefix("|")
    if written.rstrip(" \t|").count("|") < columns:  # so it is in most rows, and splitting is slow
        return
    cells = (cell.strip() for cell in escapedSplit(written)[columns:])
    first = next(filter(None, cells), None)
    if first is not None:
        yield LeftOut("cells", first, row.map[0])
