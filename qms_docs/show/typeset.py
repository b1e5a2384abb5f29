"""Touches that a page in print needs: widths of table columns, identifications kept whole.

The engine could find column widths itself, but it sees each table alone and takes a Chinese
character for a word, so that columns of Chinese would become one character wide.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import permutations
from math import ceil
from unicodedata import east_asian_width

_TAG = re.compile(r"(<[^>]*>)")
_TABLE = re.compile(
    r'(<table [^>]*class="[^"]*\bcolumns-[0-9]+( wide)?)("[^>]*>)\n(.*?</table>)', re.DOTALL
)
_ROWLESS = re.compile(r"(<thead[^>]*>(?:(?!</table>).)*</thead>)\s*</table>", re.DOTALL)
_START = re.compile(r'(<ol[^>]*) start="([0-9]+)"')
_SIZED = re.compile(r'(<img [^>]*)width="([0-9]{1,4})(%|px)?"')
_TITLED = re.compile(r'<p([^>]*)>(<img [^>]*?) title="([^"]*)"([^>]*>)</p>')
_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t([hd])[^>]*>(.*?)</t[hd]>", re.DOTALL)
_IDENTIFICATION = re.compile(r"(?<![\w-])[A-Z]+(?:-[A-Z]+)*(?:-[0-9]+)+(?![\w-])", re.ASCII)
# What should stay on a line: an identification, a word, a few characters of Chinese; always with
# the punctuation that must not start a line.
_PIECE = re.compile(r"(?:[!-~\u00a0-\u2fff]+|[\u3400-\uffef]{1,4})[\u3001-\u3011\uff01-\uff1f]*")
_PAGE, _WIDE_PAGE = 55.0, 92.0
"""Width of the text on an upright and on a landscape page, in ems of a table's type."""
_SIZES = (("", 1.0), (" tight", 1.2), (" tightest", 1.35))
"""Class of a table and how many times as many ems fit: the more crowded, the smaller its type, down
to what can still be read."""
_GROUP = re.compile(
    r"<tr([^>]*>\s*<td[^>]*><strong>(?:(?!</td>).)*</strong></td>\s*<td[^>]*></td>)"
)
"""A row of such a table that is a heading: bold words, and nothing to be filled in."""
_FORM = " fields", '<col style="width:38%"><col style="width:62%">'
"""Class and columns of a table that is to be filled in."""
_TURNED_FROM = 5
"""A table of so many columns is turned where its words fit a landscape page only."""
_GAP = 1.1
"""What a column keeps free at its right, in the same ems."""
_LATIN, _CAPITAL, _SPACE = 0.54, 0.64, 0.25
"""Mean widths of our Latin letters, of their capitals, and a space."""
_BOLD = 1.12
"""How much wider a word can be than its letters' mean."""
_SAMPLE, _MANY = 200, 20
"""So many rows decide the widths; so many columns are worth the search for the best."""
_SHORT = 6.0
"""A heading up to this width stays on one line."""
_WHOLE = 32
"""So many characters of an identification are kept on one line."""


@dataclass
class _Columns:
    """What the columns of all tables with the same heading hold, widths in ems."""

    least: list[float]
    """The longest piece that should not be broken."""
    rows: list[list[float]] = field(default_factory=list)

    def add(self, texts: Sequence[str], is_heading: bool) -> None:
        """Take a row into account."""
        row = [ems(text) for text in texts]
        if len(self.rows) < _SAMPLE:
            self.rows.append(row)
        for number, (text, width) in enumerate(zip(texts, row, strict=True)):
            pieces = [ems(piece) * _BOLD for piece in _PIECE.findall(text)]
            if is_heading and width < _SHORT:
                pieces.append(width * _BOLD)
            self.least[number] = max(self.least[number], *pieces, 0)

    def fit(self, room: float) -> bool:
        """Tell whether nothing must be broken in so much room."""
        return sum(self.least) + _GAP * len(self.least) <= room

    def shares(self, room: float) -> list[float]:
        """Return the width of each column in percent: what makes the tables shortest."""
        room -= _GAP * len(self.least)
        spare = max(room - sum(self.least), 0)
        wanted = [max(column) for column in zip(*self.rows, strict=True)]
        if sum(wanted) > room:
            wanted = [sum(column) ** 0.75 for column in zip(*self.rows, strict=True)]
        widths = [
            least + spare * want / max(sum(wanted), 1)
            for least, want in zip(self.least, wanted, strict=True)
        ]
        for step in (4.0, 2.0, 1.0) if len(widths) <= _MANY else ():
            self._improve(widths, step)
        return [100 * (width + _GAP) / (sum(widths) + _GAP * len(widths)) for width in widths]

    def _improve(self, widths: list[float], step: float) -> None:
        """Move room from column to column as long as that saves lines."""
        lines, before = self._lines(widths), 0.0
        while lines != before:
            before = lines
            for giver, taker in permutations(range(len(widths)), 2):
                if widths[giver] - step < self.least[giver]:
                    continue
                tried = widths.copy()
                tried[giver] -= step
                tried[taker] += step
                if self._lines(tried) < lines:
                    widths[:], lines = tried, self._lines(tried)

    def _lines(self, widths: list[float]) -> float:
        """Return the height of the tables; a cell broken for nothing counts a little too."""
        height = 0.0
        for row in self.rows:
            cells = [ceil(text / width) for text, width in zip(row, widths, strict=True)]
            height += max(cells) + sum(cells) / 4
        return height


def body(html: str, fields: tuple[str, ...] = ()) -> str:
    """Return the body of a document, fit for print.

    Tables with the same heading get the same widths, so that they line up down the document. One
    with the headings of `fields` is to be filled in: its last column gets the room.
    `html` is what text.markdown writes: tables are not nested, and `<` and `>` are escaped.
    """
    html = _with_widths(_ROWLESS.sub(_with_a_row, html), fields)
    # The engine heeds styles only, no attributes that do the same.
    html = _START.sub(
        lambda found: f'{found[1]} style="counter-reset:list-item {int(found[2]) - 1}"', html
    )
    html = _SIZED.sub(lambda found: f'{found[1]}style="width:{found[2]}{found[3] or "px"}"', html)
    html = _TITLED.sub(r"<figure\1>\2\4<figcaption>\3</figcaption></figure>", html)
    return _with_whole_identifications(html)


def _with_a_row(table: re.Match[str]) -> str:
    """Give a table that is only begun an empty row: with none it is no table (PDF/UA-1, 7.2)."""
    row = "<td></td>\n" * len(re.findall(r"<th[ >]", table[1]))
    return f"{table[1]}\n<tbody>\n<tr>\n{row}</tr>\n</tbody>\n</table>"


def _with_widths(html: str, fields: tuple[str, ...]) -> str:
    tables: dict[str, _Columns] = {}
    for table in _TABLE.finditer(html):
        rows = list(_rows(table[4]))
        heading = rows[0][1]
        columns = tables.setdefault("\n".join(heading), _Columns([1.0] * len(heading)))
        for is_heading, texts in rows:
            columns.add(texts, is_heading)

    fitted: dict[str, tuple[str, str]] = {}

    def widen(table: re.Match[str]) -> str:
        texts = next(_rows(table[4]))[1]
        heading = "\n".join(texts)
        if heading not in fitted:
            is_form = bool(fields) and set(fields) == set(texts)
            fitted[heading] = _FORM if is_form else _fitted(tables[heading], bool(table[2]))
        classes, columns = fitted[heading]
        rows = (
            _GROUP.sub(r'<tr class="group"\1', table[4]) if fitted[heading] is _FORM else table[4]
        )
        return f"{table[1]}{classes}{table[3]}\n<colgroup>{columns}</colgroup>\n{rows}"

    return _TABLE.sub(widen, html)


def _fitted(columns: _Columns, is_wide: bool) -> tuple[str, str]:
    """Return the classes that a crowded table gets, else nothing, and its elements `col`."""
    turned = ""
    if not is_wide and len(columns.least) >= _TURNED_FROM:
        smallest, largest = _PAGE * _SIZES[1][1], _WIDE_PAGE * _SIZES[1][1]
        turned = " wide" * (not columns.fit(smallest) and columns.fit(largest))
    room = _WIDE_PAGE if is_wide or turned else _PAGE
    size, times = next(
        ((size, times) for size, times in _SIZES if columns.fit(room * times)), _SIZES[-1]
    )
    shares = columns.shares(room * times)
    return turned + size, "".join(f'<col style="width:{share:.1f}%">' for share in shares)


def _with_whole_identifications(html: str) -> str:
    """Keep identifications on one line."""
    parts = _TAG.split(html)
    for number in range(0, len(parts), 2):
        parts[number] = _IDENTIFICATION.sub(_whole, parts[number])
    return "".join(parts)


def _whole(found: re.Match[str]) -> str:
    return found[0] if len(found[0]) > _WHOLE else f'<span class="id">{found[0]}</span>'


def _rows(table: str) -> Iterator[tuple[bool, list[str]]]:
    for row in _ROW.finditer(table):
        cells = _CELL.findall(row[1])
        texts = [unescape(_TAG.sub("", text)).strip() for _, text in cells]
        yield any(kind == "h" for kind, _ in cells), texts


def ems(text: str) -> float:
    """Return about how wide a text is on a line, in ems."""
    return sum(
        1.0
        if east_asian_width(char) in "WF"
        else _SPACE
        if char == " "
        else _CAPITAL
        if "A" <= char <= "Z"
        else _LATIN
        for char in text
    )
