"""A publication: the PDFs of what was released, and what its manifest says of each of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from qms_docs.words.copies import CopyState
from qms_docs.words.evidence import Subject
from qms_docs.words.model import Status


@dataclass(frozen=True)
class PublishedFile:
    """A file of a publication."""

    name: str
    """Path in the publication's folder, with `/`."""
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Unsigned:
    """What a signed PDF begins with: the build that anybody can make again."""

    sha256: str
    bytes: int
    signer: str
    """SHA-256 of the certificate that has signed it."""


@dataclass(frozen=True)
class PublishedText:
    """The PDF of one released text, with the facts that `qms verify` answers from."""

    file: PublishedFile
    subject: Subject
    title: str
    classification: str
    begin: datetime
    """From when it is or was in force."""
    end: datetime | None
    """When it ends or has ended, as far as is known."""
    ended_by: Status | None
    """Superseded, withdrawn or expired."""
    review_due: datetime
    release: str
    """Digest of the release record."""
    evidence: tuple[str, ...]
    """Digests of the records that hold what people have said of it."""
    commit: str
    """The landing with which it was released."""
    code: str
    """What a reader types to ask whether it is in force: text/codes.py."""
    pages: int
    inputs: str
    """Digest of everything that decides the bytes, but for a signature: the same inputs, the same
    build.
    """
    master: str
    """SHA-256 of the PDF as it is while in force, with neither a mark nor a signature."""
    earlier: tuple[str, ...] = ()
    """SHA-256 of what was published of the same text before, with facts that have changed since."""
    unsigned: Unsigned | None = None
    """Its unsigned build; None if it is not signed."""

    @property
    def build(self) -> PublishedFile:
        """What the file is without its signature, all of it if it has none."""
        if self.unsigned is None:
            return self.file
        return PublishedFile(self.file.name, self.unsigned.sha256, self.unsigned.bytes)

    def status_at(self, instant: datetime) -> Status:
        """Return the status at an instant, as far as the publication knows."""
        if self.end is not None and self.end <= instant:
            return self.ended_by or Status.SUPERSEDED
        return Status.EFFECTIVE if self.begin <= instant else Status.RELEASED


@dataclass(frozen=True)
class PublishedExtract:
    """The PDF of something generated from the texts in force, such as the card of a role."""

    file: PublishedFile
    kind: str
    """As the policy names it."""
    id: str
    """The role of a card; else empty."""
    language: str
    title: str
    classification: str
    begin: datetime
    """Since when what it says has been in force."""
    end: datetime | None
    """When that will change, as far as is known."""
    content: str
    """Digest of what it is made from (text/extracts.py)."""
    code: str
    """What a reader types to ask whether it is current."""
    pages: int
    inputs: str
    """Digest of everything that decides the bytes."""
    earlier: tuple[str, ...] = ()
    """Digests of what was published in its place before: what it was made from, and files."""

    def is_current_at(self, instant: datetime) -> bool:
        """Tell whether it says what is in force at an instant, as far as the publication knows."""
        return self.begin <= instant and (self.end is None or instant < self.end)


@dataclass(frozen=True)
class PublishedCopy:
    """A controlled copy that somebody may hold; its PDF is no part of the publication."""

    number: int
    subject: Subject
    holder: str
    sha256: str
    state: CopyState
    """At the instant of the publication; `state_at` tells it for any other."""
    issued: datetime
    until: datetime | None
    """When it expires."""
    record: str
    """Digest of the record of its issue."""

    def state_at(self, instant: datetime, text: PublishedText) -> CopyState:
        """Return where it stands at an instant, as far as the publication knows."""
        if self.state not in (CopyState.HELD, CopyState.DUE):
            return self.state
        is_over = self.until is not None and self.until <= instant
        current = text.status_at(instant) is Status.EFFECTIVE and not is_over
        return CopyState.HELD if current else CopyState.DUE


@dataclass(frozen=True)
class Manifest:
    """What a publication consists of, and where its facts come from."""

    publication: str
    """Its name in the policy, which says whose documents it contains; empty if it has none."""
    genesis: str
    """The manual's identity: digest of its first record."""
    tip: str
    """The last landing that it knows: an anchor for `qms audit --anchor`."""
    as_of: datetime
    texts: tuple[PublishedText, ...]
    pages: tuple[PublishedFile, ...]
    """The portal: start page, register, lists."""
    tools: Mapping[str, str]
    """Program or library → its version."""
    copies: tuple[PublishedCopy, ...] = ()
    """Every controlled copy that was ever issued, by document and number."""
    extracts: tuple[PublishedExtract, ...] = ()
    """What was generated from the texts in force."""

    @property
    def next_transition(self) -> datetime | None:
        """When something next takes effect or ends, as far as is known."""
        ahead = (
            instant
            for text in self.texts
            for instant in (text.begin, text.end)
            if instant is not None and instant > self.as_of
        )
        return min(ahead, default=None)

    def files(self) -> Iterator[PublishedFile]:
        """Yield every file but the manifest itself."""
        yield from (text.file for text in self.texts)
        yield from (extract.file for extract in self.extracts)
        yield from self.pages
