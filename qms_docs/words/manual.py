"""The manual as one value: everything that was read of it, at one moment."""

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Frozen
from qms_docs.words.findings import Finding, Place
from qms_docs.words.glossary import Term
from qms_docs.words.issues import Released
from qms_docs.words.model import DataTable, Document, Flaw, Source
from qms_docs.words.parameters import Parameter
from qms_docs.words.paths import is_file, same_for_some
from qms_docs.words.policy import Policy
from qms_docs.words.registers import External, Form, Objective, RegisterEntry
from qms_docs.words.rows import Kind, Row, Rows, rows_of
from qms_docs.words.standards import Standard
from qms_docs.words.systems import System
from qms_docs.words.waivers import Waiver


@dataclass(frozen=True)
class DataFile:
    """Authority, policy or waivers as they stand in the tree."""

    path: str
    revision: int
    content: str
    """Content digest."""
    place: Place
    """Where it states its revision."""


@dataclass(frozen=True)
class Predecessor:
    """The released revision that a draft follows, with its text, to be compared with."""

    document: Document
    included: tuple[Frozen, ...]
    """What it included then."""
    includes: tuple[Frozen, ...]
    """What the draft includes now."""


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
    standards: Mapping[str, Standard] | None = field(default_factory=dict)
    """Editions of standards, by the name of their file; None if one of them is not in order."""
    systems: tuple[System, ...] | None = ()
    """The management systems that the manual promises; None if their file is not in order."""
    glossary: tuple[Term, ...] | None = ()
    """What things are called; None if the file is not in order."""
    tables: Mapping[str, DataTable] = field(default_factory=dict)
    """CSV files that texts include, as far as they are in order, by path."""
    problems: tuple[Finding, ...] = ()
    """What was wrong while reading."""
    released: Released = field(default_factory=Released)
    """What is released, as the history of main says it."""
    publication: str = ""
    """The publication for which it is asked, as the policy names it; empty for all documents."""
    as_of: datetime | None = None
    """The instant for which status is asked; None where nothing is released."""
    contents: Mapping[str, str | None] = field(default_factory=dict)
    """Path of a document → its content digest, where something of it was ever released."""
    data: Mapping[str, DataFile] = field(default_factory=dict)
    """`authority`, `policy`, `waivers` → the file in the tree, as far as it is in order."""
    waivers: tuple[Waiver, ...] = ()
    """What the waivers in the tree say; what counts is what is released."""
    predecessors: Mapping[str, Predecessor] = field(default_factory=dict)
    """Path of a draft that calls itself an editorial change → the revision that it follows."""
    translated: Mapping[str, Document] = field(default_factory=dict)
    """Path of a translation that is behind → the released master that it translates."""
    flaws: Mapping[str, tuple[Flaw, ...]] = field(default_factory=dict)
    """Path of an image that a text shows → what is wrong with it; sound ones are not there."""

    def problems_of(self, code: str) -> Iterator[Finding]:
        """Yield what reading the files has found against one rule."""
        return (problem for problem in self.problems if problem.code == code)

    @cached_property
    def by_path(self) -> Mapping[str, Source]:
        """Sources by their paths."""
        return {source.path: source for source in self.sources}

    def rows(self, source: Source, kind: Kind) -> tuple[Row, ...]:
        """Return the rows of a kind that a text of this manual holds."""
        return self._rows[source.path].get(kind, ())

    def has_table(self, source: Source, kind: Kind) -> bool:
        """Tell whether a text of this manual holds a table of a kind, be it without rows."""
        return kind in self._rows[source.path]

    @cached_property
    def _rows(self) -> Mapping[str, Rows]:
        return {source.path: rows_of(source, self.policy) for source in self.sources}

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
    def forms(self) -> Mapping[str, Form]:
        """Forms by identification, where a register of the policy has the schema `forms`."""
        return {entry.id: entry for entry in self.entries if isinstance(entry, Form)}

    @cached_property
    def externals(self) -> Mapping[str, External]:
        """External documents by identification, in the same way."""
        return {entry.id: entry for entry in self.entries if isinstance(entry, External)}

    @cached_property
    def objectives(self) -> Mapping[str, Objective]:
        """Quality objectives by identification, in the same way."""
        return {entry.id: entry for entry in self.entries if isinstance(entry, Objective)}

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

    def title(self, identification: str, language: str) -> str | None:
        """Return what a document or an entry of a register is called; None if nothing says it."""
        document = self.find(identification, language)
        if document:
            return document.title
        return self._entry_titles.get(identification, {}).get(language)

    @cached_property
    def _entry_titles(self) -> Mapping[str, Mapping[str, str]]:
        return {entry.id: entry.title for entry in reversed(self.entries)}

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
