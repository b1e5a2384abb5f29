"""Findings: news about a document, each at a place a person can open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How a finding counts. A warning is only for what lies in the future."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands."""

    path: str
    """Relative to the root of the repository, with `/`."""
    line: int = 1
    """Counted from 1."""
    column: int = 1
    """Counted from 1, in characters."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Finding:
    """One departure from one rule. Its sentences come from the message catalogue."""

    code: str
    """The rule, for example `QMS501`; a code is never reused."""
    place: Place
    case: str = ""
    """Which of the rule's sentences applies, where it has several."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Fills the placeholders of the sentence."""


@dataclass(frozen=True)
class Waived:
    """A finding that a released waiver accepts."""

    finding: Finding
    document: str
    """Identification of the document, as the waiver names it."""
    reason: str
    owner: str
    until: str
    """The last day on which the waiver counts, `2027-06-30`."""


@dataclass(frozen=True)
class Report:
    """The answer of one check."""

    source: str
    """What was read: `work tree`, `index` or a full commit id."""
    documents: int
    """How many document files were read."""
    findings: tuple[Finding, ...]
    """In the order of their places."""
    waived: tuple[Waived, ...] = ()
    """What is not among the findings because a released waiver accepts it."""
