"""The redline of a table: first its columns are aligned, then its rows, then the text of cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from qms_docs.text.markdown import WIDE_FROM
from qms_docs.text.redline.alignment import Step, align
from qms_docs.text.redline.blocks import NUMBER, Block
from qms_docs.text.redline.marking import Marking

_COUNT = re.compile(r"([0-9]{1,9})[.)\u3001]?")
_COLUMNS = re.compile(r"\bcolumns-[0-9]+(?: wide)?")
Rows = Sequence[Block]
RowPair = tuple[Block | None, Block | None]
"""Two rows, or two cells, that belong together; None where a table has no such one."""


@dataclass(frozen=True)
class _Part:
    """A row or a column as it is aligned."""

    kind: str
    key: str
    words: Sequence[str]


class Aligned(NamedTuple):
    """Which columns and rows of two tables belong together."""

    columns: Sequence[Step]
    heads: Sequence[RowPair]
    rows: Sequence[RowPair]
    is_counted: bool
    """The first column only counts the rows, before and after."""

    def cells(self, rows: RowPair) -> list[RowPair]:
        """Return the cells of two rows, one column after another."""
        return [(_cell_at(rows[0], i), _cell_at(rows[1], j)) for i, j in self.columns]


def aligned(old: Block | None, new: Block | None) -> Aligned:
    """Align two tables, of which one may be missing: first the columns, then the rows."""
    heads, bodies = ([_rows(block, name) for block in (old, new)] for name in ("thead", "tbody"))
    columns = _columns([*heads[0], *bodies[0]], [*heads[1], *bodies[1]])
    is_counted = (0, 0) in columns and all(map(_is_counted, bodies))
    if is_counted:
        bodies = [[_uncounted(row) for row in rows] for rows in bodies]
    (old_heads, new_heads), (old_rows, new_rows) = heads, bodies
    return Aligned(
        columns,
        _aligned(old_heads, new_heads, columns),
        _aligned(old_rows, new_rows, columns),
        is_counted,
    )


def table(old: Block | None, new: Block | None, marking: Marking) -> str:
    """Return the redline of a table; without the old or the new one it came or went as a whole.

    A column that went keeps its place, with its cells deleted, so that the table stays one.
    """
    pairs = aligned(old, new)
    if old and new:
        marking.counts["deleted"] += sum(j is None for _, j in pairs.columns)
        marking.counts["inserted"] += sum(i is None for i, _ in pairs.columns)
    out = [_start(old, new, len(pairs.columns), marking)]
    for name, rows in (("thead", pairs.heads), ("tbody", pairs.rows)):
        shown = [_row(pair, pairs.cells(pair), marking) for pair in rows]
        out += [f"<{name}>", *shown, f"</{name}>"] if shown else []
    return "\n".join([*out, "</table>\n"])


def _rows(block: Block | None, name: str) -> list[Block]:
    parts = block.children if block else ()
    return [row for part in parts if part.kind == name for row in part.children]


def _start(old: Block | None, new: Block | None, columns: int, marking: Marking) -> str:
    shown = new or old
    assert shown
    assert shown.node
    width = f"columns-{columns}" + " wide" * (columns >= WIDE_FROM)
    names = _COLUMNS.sub(width, shown.node.attrs.get("class", ""))
    node = replace(shown.node, attrs={**shown.node.attrs, "class": names})
    whole = "redline-inserted" if not old else "redline-deleted" if not new else ""
    return marking.start(node, new is None, whole)


def _columns(old: Rows, new: Rows) -> list[Step]:
    """Align the columns by their headings, else by what is in them, else by their place."""
    steps = align(_column_parts(old), _column_parts(new))
    found: list[Step] = []
    for is_pair, group in groupby(steps, lambda step: None not in step):
        lone = list(group)
        before = [i for i, _ in lone if i is not None]
        after = [j for _, j in lone if j is not None]
        same_place = not is_pair and len(before) == len(after)
        found += list(zip(before, after, strict=True)) if same_place else lone
    return found


def _column_parts(rows: Rows) -> list[_Part]:
    width = max((len(row.children) for row in rows), default=0)
    columns = [[cell for row in rows for cell in row.children[i : i + 1]] for i in range(width)]
    return [
        _Part("column", column[0].key, [word for cell in column for word in cell.words])
        for column in columns
    ]


def _is_counted(rows: Rows) -> bool:
    """Tell whether the first column only counts the rows: 1, 2, 3."""
    texts = ["".join(token.text for token in row.children[0].tokens) for row in rows]
    counts = [_COUNT.fullmatch(text) for text in texts]
    return [int(match[1]) if match else 0 for match in counts] == list(range(1, len(rows) + 1))


def _uncounted(row: Block) -> Block:
    """Return a row whose number says nothing about what the row is."""
    first, *others = row.children
    tokens = [token._replace(key=NUMBER) for token in first.tokens]
    return replace(row, children=[replace(first, tokens=tokens), *others])


def _aligned(old: Rows, new: Rows, columns: Sequence[Step]) -> list[RowPair]:
    if len(old) == len(new) == 1:
        return [(old[0], new[0])]
    pairs = [(i, j) for i, j in columns if i is not None and j is not None]
    steps = align(
        [_row_part(row, [i for i, _ in pairs]) for row in old],
        [_row_part(row, [j for _, j in pairs]) for row in new],
    )
    return [(None if i is None else old[i], None if j is None else new[j]) for i, j in steps]


def _row_part(row: Block, columns: Sequence[int]) -> _Part:
    """Return a row by the columns that both tables have."""
    cells = [_cell_at(row, column) for column in columns]
    words = [f"{place} {word}" for place, cell in enumerate(cells) if cell for word in cell.words]
    return _Part("row", "\x1e".join(cell.key if cell else "" for cell in cells), words)


def _cell_at(row: Block | None, column: int | None) -> Block | None:
    if row is None or column is None or column >= len(row.children):
        return None
    return row.children[column]


def _row(rows: RowPair, cells: Sequence[RowPair], marking: Marking) -> str:
    old, new = rows
    kind = "deleted" if new is None else "inserted" if old is None else "changed"
    is_marked = kind != "changed" or any(_differ(*pair) for pair in cells)
    if kind != "changed" or any(_differ(*pair) for pair in cells if None not in pair):
        marking.counts[kind] += 1
    classes = "changed" * is_marked + f" redline-{kind}" * (kind != "changed")
    shown = new or old
    assert shown
    assert shown.node
    start = marking.start(shown.node, new is None, classes)
    return "\n".join([start, *(_cell(*pair, shown, marking) for pair in cells), "</tr>"])


def _differ(old: Block | None, new: Block | None) -> bool:
    return (old.key if old else None) != (new.key if new else None)


def _cell(old: Block | None, new: Block | None, row: Block, marking: Marking) -> str:
    shown = new or old
    if shown is None:  # of a row that never had this column
        kind = row.children[0].kind if row.children else "td"
        return f"<{kind}></{kind}>"
    assert shown.node
    kind = "redline-deleted" if new is None else "redline-inserted" if old is None else ""
    classes = f"changed {kind}".strip() * _differ(old, new)
    start = marking.start(shown.node, new is None, classes)
    text = marking.line(old.tokens if old else (), new.tokens if new else ())
    return f"{start}{text}</{shown.kind}>"
