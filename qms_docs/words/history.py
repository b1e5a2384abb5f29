"""The history of main as values: commits, what they change, and when it counts as landed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

GONE = "000000"
"""Mode of a file that is not there."""
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_SECOND = 253_402_214_400
"""The year 9999 less a day: what a commit claims beyond is taken for this."""


class FileChange(NamedTuple):
    """What a commit does to one path, compared with its first parent."""

    path: str
    old_mode: str
    old_blob: str
    mode: str
    """Git mode after it; `000000` if the path is deleted."""
    blob: str


class Commit(NamedTuple):
    """A commit as far as evidence asks for it."""

    id: str
    parents: tuple[str, ...]
    seconds: int
    """Committer date in Unix time, as the commit claims it."""
    author: str
    """E-mail address, as the commit claims it."""
    coauthors: tuple[str, ...]
    """E-mail addresses of `Co-authored-by` lines."""
    changes: tuple[FileChange, ...]


@dataclass(frozen=True)
class Landing:
    """A moment on main: the order of first parents, and nothing else, is the order of events."""

    number: int
    """Counted from 0."""
    commit: str
    instant: datetime
    """The later of the commit's claim and of the instant of the landing before."""


@dataclass(frozen=True)
class Arrival:
    """A commit of main with everything that came to main by it."""

    landing: Landing
    commit: Commit
    brought: tuple[Commit, ...]
    """Commits that were not on main before, parents first; the last is `commit`."""


def instant_of(seconds: int) -> datetime:
    """Return a Unix time as an instant; whatever cannot be one is moved to the nearest."""
    return BEGINNING + timedelta(seconds=min(max(seconds, 0), _LAST_SECOND))
