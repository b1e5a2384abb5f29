"""Tables on a terminal that is too narrow for them."""

import shutil
import sys

import pytest
from rich.cells import cell_len

from qms_docs.cli import screen
from qms_docs.show.tables import as_text
from qms_docs.words.tables import Cell, Column, Table

ROWS = (
    ("CSC-QP-12", "Complaint handling and consumer protection", "总经理批准，质量管理负责人审核"),
    ("CSC-QP-11", "First-inquiry responsibility", "\x1b[2Jtwo\nlines"),
)


def table(note: str = "") -> Table:
    return Table(
        title="Documents",
        subtitle="",
        language="en",
        columns=tuple(Column(key, key.capitalize(), 20) for key in ("id", "title", "words")),
        rows=tuple(tuple(Cell(text) for text in row) for row in ROWS),
        note=note,
    )


@pytest.mark.parametrize("width", [40, 60])
def test_no_line_is_wider_and_nothing_is_lost(width: int) -> None:
    shown = screen.fitted(table(), width)
    assert all(cell_len(line) <= width for line in shown.splitlines())
    together = "".join(shown.split())
    assert all(text[0] in together for text in "总经理批准质量管理负责人审核")
    assert "CSC-QP-12" in shown
    for word in ("Complaint", "consumer", "protection"):
        assert word in shown


def test_what_a_cell_says_gives_the_terminal_no_orders() -> None:
    assert "\x1b" not in screen.fitted(table(), 40)


def test_the_note_stands_below() -> None:
    assert screen.fitted(table("What it means"), 40).endswith("\n\nWhat it means\n")


def test_only_a_narrow_terminal_changes_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = as_text(table())
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: shutil.os.terminal_size((50, 24)))
    assert screen.fitting(table(), lines) == lines
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert screen.fitting(table(), lines) != lines
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: shutil.os.terminal_size((200, 24)))
    assert screen.fitting(table(), lines) == lines
