"""The manual's own policy: languages, types of document, numbering, folders."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

SOURCE = "source"
"""Attachment: the Markdown text that a PDF was made of."""
RECORDS = "records"
"""Attachment: the release of a text, and what people have said of it, as signed."""

OWNER, REVIEWER, APPROVER = "owner", "reviewer", "approver"
PROCESS_OWNER = "process-owner"
"""Collective name: who owns a document that states inputs or outputs."""
EVERYBODY = "everybody"
"""Collective name: every role of the manual."""
ANYBODY = "anybody"
"""Collective name: whoever it is in the case, inside or outside."""


@dataclass(frozen=True)
class Responsible:
    """Roles that a new document of a type starts with."""

    owner: str
    reviewers: tuple[str, ...]
    approvers: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A section that documents of a type have."""

    name: Mapping[str, str]
    """Language tag → heading."""
    tables: tuple[str, ...] = ()
    """Kinds of tables that a document must hold because it has this section."""


@dataclass(frozen=True)
class DocumentType:
    """One type of controlled document (ISO 10013:2021, 4)."""

    key: str
    """As typed in the front matter, for example `procedure`."""
    name: Mapping[str, str]
    """Language tag → name shown to readers."""
    code: str
    """The letters in the identification, for example `QP`."""
    folder: str
    """Where its files stand, relative to the root, no trailing slash."""
    review_months: int
    responsible: Responsible
    sections: tuple[Section, ...]
    """The sections a document must have, in order."""
    numbered_under: str | None = None
    """Type whose number stands first, as `WI-12-01` belongs to `QP-12`."""
    must_expire: bool = False
    """For notices and emergency instructions: their documents say until when they hold, whom they
    are for and what they belong to."""


@dataclass(frozen=True)
class RegisterFile:
    """A data file that lists things documents refer to by identification: forms, sources."""

    key: str
    code: str
    file: str
    schema: str
    """What its entries state: `register`, or one of the kinds that the tool knows more of."""


@dataclass(frozen=True)
class ProcessGroup:
    """Processes that belong together, such as those that support the others."""

    name: Mapping[str, str]
    documents: tuple[str, ...]
    """The procedures that describe them, in the order in which they are shown."""


@dataclass(frozen=True)
class Policy:
    """What `manual/policy.yaml` says."""

    organisation: Mapping[str, str]
    specimen: bool
    """A demonstration: every page must say so."""
    portal: str
    """Address under which readers open the current publication; empty if none is named."""
    time_zone: str
    master: str
    """Language tag of the master texts (BCP 47)."""
    translations: tuple[str, ...]
    prefix: str
    classifications: Mapping[str, Mapping[str, str]]
    publications: Mapping[str, tuple[str, ...]]
    """Name of a publication → classifications of the documents in it, the usual one first; where
    there is none, one publication without a name has all of them."""
    attachments: Mapping[str, tuple[str, ...]]
    """Classification → what a PDF carries inside, `source` and `records`; else its source."""
    extracts: tuple[str, ...]
    """What is generated from the documents in force and published with them."""
    processes: tuple[ProcessGroup, ...]
    registers: tuple[RegisterFile, ...]
    types: Mapping[str, DocumentType]
    tables: Mapping[str, Mapping[str, Mapping[str, str]]]
    """Kind of a table that is data → its columns → language tag → heading."""
    parties: tuple[Mapping[str, str], ...]
    """Who acts or receives beside the roles: language tag → name."""
    collectives: Mapping[str, tuple[Mapping[str, str], ...]]
    """Names for whichever role it is: `owner`, `process-owner`, `reviewer`, `approver`,
    `everybody`, `anybody` → language tag → name."""

    @property
    def languages(self) -> tuple[str, ...]:
        """All languages of the manual, the master's first."""
        return (self.master, *self.translations)

    @cached_property
    def template_registers(self) -> frozenset[str]:
        """Keys of the registers that share name and letters with a type of document.

        The document is then the template of the entry with its identification: one thing.
        """
        return frozenset(
            register.key
            for register in self.registers
            if register.key in self.types and self.types[register.key].code == register.code
        )

    @cached_property
    def document_folders(self) -> tuple[str, ...]:
        """Top folders in which every Markdown file is a controlled document."""
        return tuple(sorted({kind.folder.split("/")[0] for kind in self.types.values()}))

    def holds_documents(self, path: str) -> bool:
        """Tell whether a path lies in a folder of controlled documents."""
        return path.split("/", 1)[0] in self.document_folders and "/" in path

    def headings(self, kind: str, language: str) -> Mapping[str, str]:
        """Return the headings by which a text of a language shows a kind of table: → column.

        Empty where the manual does not use the kind, or has no heading of a column in it.
        """
        return self._headings.get((kind, language), {})

    @cached_property
    def _headings(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        return {
            (kind, language): {names[language]: name for name, names in columns.items()}
            for kind, columns in self.tables.items()
            for language in self.languages
            if all(language in names for names in columns.values())
        }

    def party_names(self, language: str) -> frozenset[str]:
        """Return what may stand for a role in a language: parties and collective names."""
        return self._parties.get(language, frozenset())

    def collective_names(self, language: str) -> Mapping[str, str]:
        """Return the collective names of a language, each with what it stands for."""
        return self._collectives.get(language, {})

    @cached_property
    def _parties(self) -> Mapping[str, frozenset[str]]:
        return {
            language: frozenset(
                (
                    *(names[language] for names in self.parties if language in names),
                    *self.collective_names(language),
                )
            )
            for language in self.languages
        }

    @cached_property
    def _collectives(self) -> Mapping[str, Mapping[str, str]]:
        return {
            language: {
                names[language]: key
                for key, many in self.collectives.items()
                for names in many
                if language in names
            }
            for language in self.languages
        }

    @cached_property
    def form_codes(self) -> frozenset[str]:
        """Letters in the identifications of forms, whether a register or documents hold them."""
        register = (each.code for each in self.registers if each.key == "form")
        return frozenset((*register, *(k.code for k in self.types.values() if k.key == "form")))

    def number_pattern(self, kind: DocumentType) -> str:
        """Return the regular expression that identifications of a type match."""
        number = r"\d{2}-\d{2}" if kind.numbered_under else r"\d{2}"
        return f"{re.escape(self.prefix)}-{re.escape(kind.code)}-{number}"

    def identifies(self, kind: DocumentType, identification: str) -> bool:
        """Tell whether an identification fits the numbering of a type."""
        return re.fullmatch(self.number_pattern(kind), identification) is not None

    def is_ours(self, identification: str) -> bool:
        """Tell whether an identification claims to be one of this manual's."""
        return identification.startswith(f"{self.prefix}-")

    def file_name(self, identification: str, language: str) -> str:
        """Return the name that the file of a document must have."""
        suffix = "" if language == self.master else f".{language}"
        return f"{identification}{suffix}.md"

    def in_language(self, names: Mapping[str, str], language: str) -> str:
        """Return a name in a language, or the master's, or the first where that is lacking."""
        return names.get(language) or names.get(self.master) or next(iter(names.values()))
