"""Controlled copies that were handed out: who holds which, and what has become of it since."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from qms_docs.words.evidence import CopyEvent, Subject
from qms_docs.words.history import Landing


class CopyState(StrEnum):
    """Where a controlled copy stands at an instant."""

    HELD = "held"
    DUE = "due"
    """To be recalled: its text is no longer in force, or it has expired."""
    RECALLED = "recalled"
    """Asked for, and not back yet."""
    LOST = "lost"
    RETURNED = "returned"
    DESTROYED = "destroyed"
    VOID = "void"
    """Its issue was taken back: it was recorded by mistake."""

    @property
    def is_out(self) -> bool:
        """Tell whether somebody may still work by the copy."""
        return self in (CopyState.HELD, CopyState.DUE, CopyState.RECALLED, CopyState.LOST)


@dataclass(frozen=True)
class CopyEntry:
    """One thing that happened to a copy."""

    event: CopyEvent
    landing: Landing
    record: str
    taken_back: Landing | None = None
    """When whoever recorded it took it back."""

    def counts(self, instant: datetime) -> bool:
        """Tell whether it was known at an instant, and not taken back."""
        is_void = self.taken_back is not None and self.taken_back.instant <= instant
        return self.landing.instant <= instant and not is_void


@dataclass(frozen=True)
class ControlledCopy:
    """One numbered copy of one text, in the hands of a post or a desk."""

    number: int
    """Counted for each document, over all its languages and revisions; never used again."""
    subject: Subject
    holder: str
    sha256: str
    """Of the PDF that was issued."""
    until: datetime | None
    purpose: str
    entries: tuple[CopyEntry, ...]
    """What happened to it, in the order of landing; first its issue."""

    @property
    def issue(self) -> CopyEntry:
        """How it was issued."""
        return self.entries[0]
