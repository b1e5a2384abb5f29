"""Documents as values: files as read, what a text contains, what a front matter states."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from qms_docs.words.findings import Place

DataTable = tuple[tuple[str, ...], ...]
"""Rows of a table, the heading first; all are equally long."""


class Status(StrEnum):
    """Where a revision stands in its life, always computed, never typed."""

    DRAFT = "draft"
    APPROVED = "approved"
    """Everybody has approved it, and nobody has released it."""
    RELEASED = "released"
    """It will take effect."""
    EFFECTIVE = "effective"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Heading:
    """A heading of a document's body."""

    level: int
    text: str
    anchor: str
    place: Place


@dataclass(frozen=True)
class Reference:
    """Something a text points to: a link, an image, an identification, a parameter."""

    target: str
    """As written; percent-decoded where it leads to a file of the repository."""
    place: Place
    text: str = ""
    """The words of a link, the alternative text of an image, `heading` for what stands in one."""
    path: str | None = None
    """Where a link or an image leads in the repository; None where it leads out of it."""


@dataclass(frozen=True)
class Diagram:
    """A drawing that stands in the text as source, between fences."""

    kind: str
    """The language of the source: `mermaid` or `dot`."""
    source: str
    place: Place
    """The line of the opening fence; the source begins on the next."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table in the text."""

    text: str
    links: tuple[str, ...] = ()
    """Where the links in it lead, as written."""


@dataclass(frozen=True)
class TextTable:
    """A table in the text, as data."""

    heading: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    place: Place
    """The line of the heading; the first row stands two lines below, the others follow."""

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """Words of the heading → the first column under them."""
        numbered = reversed(tuple(enumerate(self.heading)))
        return {cell.text: number for number, cell in numbered}

    def row_place(self, number: int) -> Place:
        """Return the line of a row, counted from 0."""
        return Place(self.place.path, self.place.line + 2 + number)


@dataclass(frozen=True)
class Content:
    """What the body of a document contains, as far as rules ask for it."""

    headings: tuple[Heading, ...] = ()
    links: tuple[Reference, ...] = ()
    images: tuple[Reference, ...] = ()
    diagrams: tuple[Diagram, ...] = ()
    mentions: tuple[Reference, ...] = ()
    """Identifications that stand in the text, for example `CSC-FM-12-01`."""
    tables: tuple[TextTable, ...] = ()
    """Tables that are written in the text."""
    included: tuple[Reference, ...] = ()
    """CSV files that the text includes: paragraphs that are nothing but a link to one."""
    quotes: tuple[Reference, ...] = ()
    """Parameters that the text quotes by name."""
    anchors: frozenset[str] = frozenset()
    """Everything in the body that `#anchor` can name."""
    lookalikes: tuple[Reference, ...] = ()
    """What only looks like an identification, with the one it looks like as `target`."""
    adopter: tuple[Reference, ...] = ()
    """What whoever adopts the manual must set or decide: the heading of each such container."""
    unclosed: tuple[Reference, ...] = ()
    """Code blocks and containers without an end, with the signs that start them as `target`."""
    unprintable: tuple[Reference, ...] = ()
    """Characters that no shipped font can draw, each where it stands first."""
    nested: tuple[Place, ...] = ()
    """Where blocks stand inside one another too deeply to be read at all."""
    long_words: tuple[Place, ...] = ()
    """Words without end, which take the PDF engine minutes."""
    left_out: tuple[Reference, ...] = ()
    """What is not printed; its `text` is the case of QMS807."""
    outline: str = ""
    """Everything that stands in the text without the words, a line for each block."""
    block_lines: tuple[int, ...] = ()
    """On which line of the file each block of the outline begins."""


@dataclass(frozen=True)
class Change:
    """Why this revision exists (ISO 9001:2015, 7.5.3.2 c)."""

    grade: str
    """`major`, `minor` or `editorial` (the key in the front matter is `class`)."""
    reason: str
    summary: str
    request: str | None = None


@dataclass(frozen=True)
class Distribution:
    """Who must read the document before it takes effect."""

    roles: tuple[str, ...] = ()
    reading: str = "none"
    days: int = 0


@dataclass(frozen=True)
class Control:
    """What a master states once, for itself and for its translations."""

    type: str
    owner: str
    reviewers: tuple[str, ...]
    approvers: tuple[str, ...]
    effective: str
    """`on-release`, `+N days` or a date-time with offset."""
    review_months: int
    classification: str
    clauses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Standard → clauses that the document helps to fulfil."""
    distribution: Distribution = Distribution()
    records: tuple[str, ...] = ()
    parent: str | None = None
    supersedes: tuple[str, ...] = ()
    expires: str | None = None


@dataclass(frozen=True)
class Source:
    """A Markdown file of a document folder as it was read, in order or not."""

    path: str
    data: bytes = b""
    metadata: Mapping[str, object] = field(default_factory=dict)
    """The front matter as typed; empty if it could not be read."""
    places: Mapping[tuple[str | int, ...], Place] = field(default_factory=dict)
    """Where each key of the front matter stands."""
    body: str = ""
    body_line: int = 1
    """Line of the file on which the body starts."""
    content: Content = Content()

    @cached_property
    def identification(self) -> str | None:
        """The identification as typed, or as the file is named where nothing could be read."""
        value = self.metadata.get("id")
        if not self.metadata:
            value = self.path.rsplit("/", 1)[-1].split(".")[0]
        return value if isinstance(value, str) else None

    def place(self, *key: str | int) -> Place:
        """Return where a field stands, or the nearest thing to it."""
        while key and key not in self.places:
            key = key[:-1]
        return self.places.get(key, Place(self.path))


@dataclass(frozen=True)
class Document:
    """One language of one controlled document, its front matter in order."""

    source: Source
    id: str
    title: str
    language: str
    revision: int
    change: Change
    control: Control
    drafters: tuple[str, ...] = ()
    translation_of: int | None = None
    """Revision of the master that this text translates; None for the master itself."""

    @property
    def path(self) -> str:
        """Where the file stands."""
        return self.source.path

    @property
    def is_master(self) -> bool:
        """Tell whether this is the master text and not a translation."""
        return self.translation_of is None


@dataclass(frozen=True)
class Flaw:
    """Something in an image file that would be lost in print."""

    case: str
    """The sentence of QMS803 that says it."""
    detail: str = ""
    line: int = 0
    """Line of a drawing; 0 for other images."""

    @property
    def stops(self) -> bool:
        """Tell whether the image must not be given to the PDF engine at all."""
        return self.case not in ("part", "outside", "missing", "glyph")
