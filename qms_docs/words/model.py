"""The manual as values: sources, documents, what a text contains, register entries."""

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding, Place
from qms_docs.words.parameters import Parameter
from qms_docs.words.paths import is_file, same_for_some
from qms_docs.words.policy import Policy

DataTable = tuple[tuple[str, ...], ...]
"""Rows of a table, the heading first; all are equally long."""


class Status(StrEnum):
    """Where a revision stands in its life, always computed, never typed."""

    DRAFT = "draft"


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

    @property
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


@dataclass(frozen=True)
class RegisterEntry:
    """A line of a register file: a form, an external document."""

    id: str
    register: str
    """Key of the register in the policy, for example `form`."""
    title: Mapping[str, str]
    owner: str
    place: Place
    places: Mapping[str, Place]
    """Where each field of the entry stands."""


@dataclass(frozen=True)
class Manual:
    """Everything that was read from a work tree, an index or a commit."""

    origin: str
    """What was read: `work tree`, `index` or a full commit id."""
    policy: Policy
    sources: tuple[Source, ...]
    documents: tuple[Document, ...]
    """Masters and translations whose front matter is in order, by identification, master first."""
    entries: tuple[RegisterEntry, ...]
    registers: frozenset[str]
    """Codes of the registers that could be read, for example `FM`."""
    paths: Mapping[str, str]
    """Every file of the repository → its Git mode, `100644`, `100755`, `120000` or `160000`."""
    parameters: Mapping[str, Parameter] | None = field(default_factory=dict)
    """Values that documents quote, by name; None if their file is not in order."""
    tables: Mapping[str, DataTable] = field(default_factory=dict)
    """CSV files that texts include, as far as they are in order, by path."""
    problems: tuple[Finding, ...] = ()
    """What was wrong while reading."""
    flaws: Mapping[str, tuple[Flaw, ...]] = field(default_factory=dict)
    """Path of an image that a text shows → what is wrong with it; sound ones are not there."""

    def problems_of(self, code: str) -> Iterator[Finding]:
        """Yield what reading the files has found against one rule."""
        return (problem for problem in self.problems if problem.code == code)

    @cached_property
    def by_path(self) -> Mapping[str, Source]:
        """Sources by their paths."""
        return {source.path: source for source in self.sources}

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder with a file in it, `.` for the top of the repository."""
        found: set[str] = set()
        for path in self.paths:
            folder = posixpath.dirname(path)
            while folder and folder not in found:
                found.add(folder)
                folder = posixpath.dirname(folder)
            found.add(".")
        return frozenset(found)

    @cached_property
    def by_spelling(self) -> Mapping[str, str]:
        """Paths by what some computers take for the same path."""
        return {same_for_some(path): path for path in self.paths}

    @cached_property
    def identifications(self) -> frozenset[str]:
        """Everything that can be referred to, also where a file is otherwise not in order."""
        typed = {source.identification for source in self.sources}
        return frozenset({*filter(None, typed), *(entry.id for entry in self.entries)})

    @cached_property
    def roles(self) -> frozenset[str]:
        """Identifications of all role sheets."""
        role = self.policy.types.get("role")
        typed = filter(None, (source.identification for source in self.sources))
        return frozenset(name for name in typed if role and self.policy.identifies(role, name))

    def value(self, parameter: str, language: str) -> str | None:
        """Return what a text of a language quotes; None if there is no such value."""
        found = (self.parameters or {}).get(parameter)
        return found.quoted(language) if found else None

    def is_regular(self, path: str) -> bool:
        """Tell whether a path is a file that can be read: no link or submodule, not too large."""
        return is_file(self.paths.get(path, "")) and path not in self._too_large

    @cached_property
    def _too_large(self) -> frozenset[str]:
        return frozenset(problem.place.path for problem in self.problems_of("QMS118"))

    @cached_property
    def _by_identification(self) -> Mapping[str, list[Document]]:
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self.documents:
            found[document.id].append(document)
        return found

    def languages_of(self, identification: str) -> Iterator[Document]:
        """Yield a document in each of its languages, the master first."""
        return iter(self._by_identification.get(identification, ()))

    def why_missing(self, identification: str) -> QmsError:
        """Return the error for a document that is not there, or not in order."""
        broken = any(source.identification == identification for source in self.sources)
        return QmsError("broken-document" if broken else "no-document", id=identification)

    def find(self, identification: str, language: str | None = None) -> Document | None:
        """Return a document in a language (default: its master), if it is there."""
        for document in self.languages_of(identification):
            if document.is_master if language is None else document.language == language:
                return document
        return None
