"""Extracts: what is generated from the texts in force, such as a card for each role.

An extract is no controlled document: nobody approves it, and the texts that it cites prevail.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from qms_docs.words.evidence import Subject
from qms_docs.words.rows import spans

CARDS = "role-cards"
MAP = "process-map"


@dataclass(frozen=True)
class Origin:
    """Everything that an extract follows from: the same origin, the same extract."""

    kind: str
    """As the policy names it: `role-cards`, `process-map`, or a list such as `clauses`."""
    id: str
    """The role of a card; empty for what there is one of."""
    language: str
    genesis: str
    """The manual's identity."""
    since: str
    """Date and time, with offset: see `Extent.since`."""
    policy: str
    """Content digest of the policy."""
    texts: tuple[Subject, ...]
    """The texts in force from which it is made."""
    registers: Mapping[str, str]
    """Path of a data file → SHA-256 of its bytes."""


@dataclass(frozen=True)
class Extent:
    """From when until when an extract says what is in force."""

    since: datetime
    """When the last of its texts took effect, or one that it was made from came to an end."""
    until: datetime | None
    """When the next does, as far as is known."""


@dataclass(frozen=True)
class Extract:
    """One extract that a publication must hold."""

    origin: Origin
    extent: Extent
    content: str
    """Digest of the origin."""
    title: str
    classification: str
    """The strictest of its texts."""

    @property
    def name(self) -> str:
        """Return where its PDF stands in a publication."""
        stem = f"role-card-{self.origin.id}" if self.origin.kind == CARDS else self.origin.kind
        return f"extracts/{stem}.{self.origin.language}.pdf"


@dataclass(frozen=True)
class Cited:
    """A document that an extract names, as it is in force."""

    id: str
    title: str
    revision: int
    language: str
    """Of the text that is cited: the master's where there is no translation in force."""


@dataclass(frozen=True)
class Task:
    """A step that a role takes, a matter that it hands over, or what it does in an escalation."""

    number: str
    """Of the step; empty for what is not numbered."""
    occasion: str
    """What calls for it, where that is not the step before."""
    action: str
    records: tuple[str, ...]
    """Identifications; what leaves another record is told by the document."""
    limit: str
    """As the document words it; empty for none."""


@dataclass(frozen=True)
class Duty:
    """What a role does by one document."""

    document: Cited
    is_owner: bool
    """The role answers for the document itself too."""
    reading: str
    """How the role must read it: `none`, `read` or `quiz`."""
    tasks: tuple[Task, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The records of all of it."""
        return tuple(sorted({record for task in self.tasks for record in task.records}))

    @property
    def runs(self) -> tuple[str, ...]:
        """The numbers of the steps, those that follow each other drawn together: `3–5`."""
        return tuple(spans(task.number for task in self.tasks))

    @property
    def others(self) -> int:
        """How many of the tasks have no number."""
        return sum(not task.number for task in self.tasks)


@dataclass(frozen=True)
class Target:
    """An objective of a role."""

    id: str
    """As the role sheet names it."""
    title: str
    target: str
    period: str
    """For how long a result stands: `month`; empty where no register says so."""
    source: str


@dataclass(frozen=True)
class Form:
    """A record that a role makes or answers for."""

    id: str
    title: str
    is_owner: bool


@dataclass(frozen=True)
class Card:
    """What a role has to know of the manual, on one page."""

    role: Cited
    duties: tuple[Duty, ...]
    reading: tuple[tuple[Cited, str], ...]
    """Documents that must be read beside those, each with how."""
    targets: tuple[Target, ...]
    forms: tuple[Form, ...]


@dataclass(frozen=True)
class MapFlow:
    """Something that a process takes or gives."""

    words: str
    documents: tuple[str, ...]
    """The processes on the other side."""
    party: str
    """Who is there instead, as the procedure names it: a customer, an authority."""


@dataclass(frozen=True)
class MapProcess:
    """A process, as its procedure describes it."""

    document: Cited
    takes: tuple[MapFlow, ...]
    gives: tuple[MapFlow, ...]

    @property
    def number(self) -> str:
        """What it is called for short: `12` of `CSC-QP-12`."""
        return short(self.document.id)


@dataclass(frozen=True)
class MapGroup:
    """Processes that belong together."""

    name: str
    processes: tuple[MapProcess, ...]


@dataclass(frozen=True)
class ProcessMap:
    """All processes."""

    groups: tuple[MapGroup, ...]


def short(identification: str) -> str:
    """Return what an identification is called where there is little room: its last number."""
    return identification.rpartition("-")[2]
