"""What stands in a text and is not printed, because nothing leads to it or it has no place."""

import re
from collections.abc import Iterator, MutableMapping, Sequence
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_KEY = "left_out"
_BEFORE = re.compile(r"[ \t>]*")
"""What can stand before a row of a table in a quotation or a list."""


class LeftOut(NamedTuple):
    """Something that is not printed."""

    case: str
    """`note`: a footnote without a mark; `repeated`: one whose name another has; `cells`: what
    stands behind the last column of a table."""
    what: str
    """The name of the footnote, the first of the cells."""
    line: int
    """Counted from 0, in the body."""


def plugin(markdown: MarkdownIt) -> None:
    """Let the parser take note of it; with footnotes and tables only."""
    markdown.core.ruler.after("block", _KEY, _collect)


def of(env: MutableMapping[str, Any]) -> Iterator[LeftOut]:
    """Yield what was left out, from the environment of a parser that has read a text."""
    marks = env.get("footnotes", {}).get("refs", {})
    notes = {each.what: each.line for each in env[_KEY] if each.case == "note"}
    for each in env[_KEY]:
        if each.case == "cells" or marks.get(f":{each.what}", -1) < 0:
            yield each
        elif notes[each.what] != each.line:  # the last of a name is printed
            yield each._replace(case="repeated")


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
    state.env[_KEY] = found


def _surplus(row: Token, lines: Sequence[str], columns: int) -> Iterator[LeftOut]:
    assert row.map
    written = _BEFORE.sub("", lines[row.map[0]], count=1).removeprefix("|")
    cells = (cell.strip() for cell in escapedSplit(written)[columns:])
    first = next(filter(None, cells), None)
    if first is not None:
        yield LeftOut("cells", first, row.map[0])
