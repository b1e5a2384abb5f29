"""A table as a value; the formats are made from it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column: a key for machines, a heading for people."""

    key: str
    heading: str
    width: int = 12
    """Width in a spreadsheet, in characters."""


@dataclass(frozen=True)
class Cell:
    """A value, and for readers of HTML a link behind it."""

    text: str
    link: str | None = None


@dataclass(frozen=True)
class Table:
    """A list with a title, headings and rows of cells."""

    title: str
    subtitle: str
    language: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    """What its letters mean; for people only."""
