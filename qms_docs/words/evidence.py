"""Evidence: what people have said of exactly which text, as records say it.

A record is one file, one event, one signature. It says who, in which role, what, of which content
(ISO 9001:2015, 7.5.2 c).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

NO_LANGUAGE = "zxx"
"""Language tag of data, which is in no language (BCP 47, ISO 639-2)."""


class Meaning(StrEnum):
    """What a person says of a text."""

    PREPARED = "prepared"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    TRANSLATED = "translated"
    REJECTED = "rejected"
    REAFFIRM = "reaffirm"
    WITHDRAW = "withdraw"


class Grade(StrEnum):
    """How a person's word is known, the strongest first."""

    SSH = "ssh"
    """The person signed it."""
    FORGE = "forge"
    """The person clicked it in a pull request, and an importer signed that."""
    PAPER = "paper"
    """The person signed a sheet of paper, and two others registered that."""


@dataclass(frozen=True, order=True)
class Subject:
    """Exactly one text: one language of one revision of a document, with its content."""

    id: str
    language: str
    revision: int
    content: str
    """Content digest (`qms-content-v1`, text/closure.py)."""


@dataclass(frozen=True)
class Act:
    """One thing that a person says of one text."""

    meaning: Meaning
    subject: Subject
    translates: str = ""
    """Content digest of the master that a `translated` text was compared with."""
    comment: str = ""


@dataclass(frozen=True)
class Signer:
    """Who made a record."""

    person: str
    """Key of a person in manual/authority.yaml."""
    role: str
    """The role in which the person acts, for example `CSC-RS-01`."""
    key: str
    """Public key: type and base64, as in an OpenSSH key file."""
    on_behalf_of: str = ""
    """The person who has delegated the role, if it was delegated."""


@dataclass(frozen=True)
class Genesis:
    """The beginning of a manual: what its first authority and policy are."""

    content: Mapping[str, str]
    """Path of a data file → SHA-256 of its bytes."""
    nonce: str
    """Random, so that two manuals that begin alike are two."""


@dataclass(frozen=True)
class Paper:
    """A sheet of paper that somebody signed by hand."""

    person: str
    role: str
    scan: str
    """SHA-256 of the scanned sheet."""
    sheet: str = ""
    """Digest of what stands on it (text/papersheet.py); empty in a record from before there were
    approval sheets."""


@dataclass(frozen=True)
class Statement:
    """What one person says of one or more texts."""

    acts: tuple[Act, ...]
    paper: Paper | None = None
    """Set if the record registers a sheet; its signer is then the one who registers."""


@dataclass(frozen=True)
class ReleasedText:
    """One text of a release, with what it includes."""

    subject: Subject
    path: str
    """Where it stands when it is released."""
    text: str
    """SHA-256 of the file."""
    inclusions: tuple["Frozen", ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """Paths of the text and of the files that it includes."""
        return (self.path, *(each.where for each in self.inclusions if each.kind != "parameter"))


@dataclass(frozen=True, order=True)
class Frozen:
    """Something a released text includes, as it was then."""

    kind: str
    """`image`, `table` or `parameter`."""
    name: str
    sha256: str
    where: str
    """Path of the file; of a parameter its value as quoted."""


@dataclass(frozen=True)
class Release:
    """The decision that texts take effect, all of them or none."""

    texts: tuple[ReleasedText, ...]
    statements: tuple[str, ...]
    """Digests of the statements that it rests on."""


@dataclass(frozen=True)
class Void:
    """A person takes back a record of their own that is no release, from now on."""

    record: str
    reason: str


@dataclass(frozen=True)
class Nonconformity:
    """Something went wrong for good and was dealt with: closes one finding of the audit."""

    commit: str
    code: str
    reason: str
    correction: str


class CopyEvent(StrEnum):
    """What becomes of a controlled copy, in the order in which it counts within one landing."""

    ISSUED = "issued"
    RECALLED = "recalled"
    LOST = "lost"
    RETURNED = "returned"
    DESTROYED = "destroyed"


@dataclass(frozen=True)
class CopyItem:
    """One controlled copy in a record: as it was issued, or by its number and its issue."""

    number: int
    subject: Subject | None = None
    """The text that it shows."""
    holder: str = ""
    """A post or a desk; never a private person, who has a right to be forgotten."""
    sha256: str = ""
    """Of the PDF that was issued."""
    issue: str = ""
    """Of every other event: digest of the record with which the copy was issued."""


@dataclass(frozen=True)
class Copy:
    """What became of controlled copies of one document (ISO 9001:2015, 7.5.3.2 a)."""

    event: CopyEvent
    id: str
    copies: tuple[CopyItem, ...]
    until: str = ""
    """When issued copies expire, a date-time with offset; empty if they do not by themselves."""
    purpose: str = ""


class ReviewState(StrEnum):
    """What a review of a pull request says, as a forge has it."""

    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    COMMENTED = "commented"
    DISMISSED = "dismissed"
    PENDING = "pending"


@dataclass(frozen=True)
class ForgeReview:
    """One review as it was imported, with the texts that it was given for."""

    review: int
    account: int
    """Number of the account; 0 if the forge no longer names one."""
    state: ReviewState
    commit: str
    """What stood there when the review was given; empty if the forge does not say."""
    submitted: str
    """Instant in UTC, as `2026-03-02T09:00:00Z`; empty if it was never submitted."""
    subjects: tuple[Subject, ...]
    reason: str = ""
    """Why it never counts, as the importer saw it: a label `reason-…`."""


@dataclass(frozen=True)
class Reviews:
    """All reviews of one pull request, as a forge told them to an importer."""

    forge: str
    repository: int
    """Number of the repository: its name may change hands."""
    number: int
    base: str
    head: str
    opener: int
    authors: tuple[int, ...]
    """Accounts that the forge names as authors of commits which change more than records."""
    reviews: tuple[ForgeReview, ...]
    host: str = ""
    """Whose numbers these are; empty where only one installation counts them."""


Body = Genesis | Statement | Release | Void | Nonconformity | Copy | Reviews


@dataclass(frozen=True)
class Record:
    """One file of records/."""

    manual: str
    """Digest of the genesis record; empty in the genesis record itself."""
    signer: Signer
    said: str
    """Date and time as the signer's computer had it: told to readers, never judged by."""
    body: Body
    digest: str = ""
    """SHA-256 of the file; empty before it is signed."""
    message: bytes = field(default=b"", repr=False)
    """The bytes that were signed."""
    signature: str = field(default="", repr=False)
    """Armoured SSH signature of `message`."""
