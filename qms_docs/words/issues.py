"""What has been released: each revision, from when until when it is in force, on what evidence."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cached_property

from qms_docs.words.authority import Authority
from qms_docs.words.copies import ControlledCopy
from qms_docs.words.evidence import Grade, Meaning, ReleasedText, Subject
from qms_docs.words.findings import Finding
from qms_docs.words.history import Landing
from qms_docs.words.model import Document
from qms_docs.words.waivers import Waiver


@dataclass(frozen=True)
class Approval:
    """A word that a release rests on, as readers are told it."""

    meaning: Meaning
    role: str
    person: Mapping[str, str]
    """Language tag → name, as the authority had it."""
    landing: Landing
    grade: Grade
    record: str
    """Digest of the record that says so."""
    on_behalf_of: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Issue:
    """One language of one revision as it was validly released."""

    released: ReleasedText
    document: Document | None
    """Without its text, which stands in the landing commit; None for data such as the authority."""
    release: str
    """Digest of the release record."""
    landing: Landing
    effective: datetime
    """The later of the declared instant and of the landing (ISO 9001:2015, 7.5.3.1)."""
    blob: str
    """Git's name of the file's content."""
    approvals: tuple[Approval, ...] = ()

    @property
    def subject(self) -> Subject:
        """What was released."""
        return self.released.subject


@dataclass(frozen=True)
class Verdict:
    """A released revision was withdrawn or reaffirmed."""

    meaning: Meaning
    landing: Landing
    record: str
    """Digest of the statement that completed it."""


@dataclass(frozen=True)
class Reaffirmation:
    """One person's word that a released revision still holds, whether others are needed or not."""

    role: str
    landing: Landing


@dataclass(frozen=True)
class Released:
    """Everything that was ever released, as main says it at its newest landing."""

    genesis: str = ""
    """Digest of the genesis record; empty where there is none, so that nothing is released."""
    issues: Mapping[str, tuple[Issue, ...]] = field(default_factory=dict)
    """Identification → its issues in the order of their landings, all languages."""
    verdicts: Mapping[Subject, tuple[Verdict, ...]] = field(default_factory=dict)
    reaffirmed: Mapping[Subject, tuple[Reaffirmation, ...]] = field(default_factory=dict)
    copies: Mapping[str, tuple[ControlledCopy, ...]] = field(default_factory=dict)
    """Identification → controlled copies that were ever issued of it, by number."""
    authority: Authority | None = None
    """Who may say what, as released at the instant for which it is asked."""
    waivers: tuple[Waiver, ...] = ()
    """Findings that are accepted, as released at the instant for which it is asked."""
    zone: tzinfo = UTC
    """The manual's time zone, as the released policy has it."""

    def all(self) -> Iterator[Issue]:
        """Yield every issue of a document, not those of data."""
        for issues in self.issues.values():
            yield from (issue for issue in issues if issue.document)

    @cached_property
    def superseding(self) -> Mapping[str, tuple[Issue, ...]]:
        """Identification of a document → issues of other documents that take its place."""
        found: dict[str, list[Issue]] = defaultdict(list)
        for issue in self.all():
            assert issue.document
            for name in issue.document.control.supersedes:
                found[name].append(issue)
        return {name: tuple(issues) for name, issues in found.items()}


@dataclass(frozen=True)
class Chronicle:
    """What the history of main says at a commit, as far as its readers ask."""

    released: Released
    findings: tuple[Finding, ...]
    """What was not in order and is not closed."""
    closed: frozenset[tuple[str, str]]
    """Commit and code of findings that people have dealt with."""
    line: tuple[Landing, ...]
    """Every landing, in order."""
    records: frozenset[str]
    """Digests of all records of the manual."""
