"""Tables on a terminal that is narrower than they are: cells go on below themselves."""

import shutil
import sys

from qms_docs.show.terminal import visible
from qms_docs.words.tables import Table


def fitted(table: Table, width: int) -> str:
    """Return a table in lines of at most so many columns; words that are longer are broken.

    The first column stays whole: it names the row.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_lines=False)
    for number, column in enumerate(table.columns):
        grid.add_column(Text(visible(column.heading)), overflow="fold", no_wrap=number == 0)
    for row in table.rows:
        grid.add_row(*(Text(visible(cell.text)) for cell in row))
    console = Console(width=width, color_system=None, highlight=False)
    with console.capture() as printed:
        console.print(grid)
    lines = [line.rstrip() for line in printed.get().splitlines()]
    return "\n".join([*lines, table.note, ""] if table.note else lines).strip("\n") + "\n"


def fitting(table: Table, lines: bytes) -> bytes:
    """Return the lines of a table, narrower if they are shown on a terminal too narrow for them."""
    columns = shutil.get_terminal_size().columns
    widest = max(map(len, lines.decode("utf-8").splitlines()), default=0)
    if not sys.stdout.isatty() or widest <= columns:
        return lines
    return fitted(table, columns).encode("utf-8")
