"""The one door to news of the file system: something below a folder may have changed.

Watchdog is imported here only. What it says is a hint where to look, never a fact: editors save in
many ways, and the system may drop news when there is too much of it.
"""

import logging
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qms_docs.words.errors import QmsError

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent

EVERYTHING = "./"
"""Stands for all paths, when the system has dropped news of some."""
# Of Git's own files only those say something that a commit, a checkout or `git add` has ended.
_GIT = re.compile(r"\.git/(?:index|HEAD|packed-refs|refs/.*(?<!\.lock))")
# What editors leave beside a file while they have it open or save it: swap, lock, backup and
# temporary files of vim, Emacs, GNOME, KDE, JetBrains and office programs; and of desktops.
_SCRATCH = re.compile(
    r".*~|\..*\.sw[a-z]|4913|#.*#|\.#.*|\.goutputstream-.*|.*\.kate-swp|.*___jb_(?:tmp|old)___"
    r"|~\$.*|\.~lock\..*#|.*\.tmp|\.DS_Store|Thumbs\.db"
)


class Changes:
    """Paths that may have changed since they were last taken; any thread may add to them."""

    def __init__(self) -> None:
        self._paths: set[str] = set()
        self._woken = False
        self._condition = threading.Condition()

    def add(self, *paths: str) -> None:
        """Add paths relative to the watched folder; that of a folder ends with `/`."""
        with self._condition:
            self._paths.update(paths)
            self._condition.notify_all()

    def wake(self) -> None:
        """Let `take` return, though no path has changed."""
        with self._condition:
            self._woken = True
            self._condition.notify_all()

    def take(self, seconds: float | None = None) -> frozenset[str]:
        """Take out what there is; wait for it at most `seconds` (None: for ever).

        Empty when the time is over, or after `wake`.
        """
        with self._condition:
            self._condition.wait_for(lambda: self._paths or self._woken, seconds)
            taken = frozenset(self._paths)
            self._paths.clear()
            self._woken = False
            return taken


def matters(path: str) -> bool:
    """Tell whether a change of this path can change a document, as far as its name tells."""
    names = path.rstrip("/").split("/")
    if ".git" in names:
        return bool(_GIT.fullmatch(path))
    return not _SCRATCH.fullmatch(names[-1])


def index_lock(root: Path) -> Path:
    """Return the file that exists while Git is changing the work tree at `root`."""
    folder = root / ".git"
    if folder.is_file():  # a linked work tree, which says where its folder of Git is
        folder = root / folder.read_text("utf-8").removeprefix("gitdir:").strip()
    return folder / "index.lock"


@contextmanager
def watching(root: Path) -> Iterator[Changes]:
    """Yield the changes below a folder, from now on until the block ends.

    Raises QmsError if the system cannot watch the folder.
    """
    from watchdog import events
    from watchdog.observers import Observer

    # Not asked for: files that are opened, or closed unchanged. Our own reading does that.
    kinds: list[type[FileSystemEvent]] = [
        events.FileCreatedEvent, events.FileModifiedEvent, events.FileClosedEvent,
        events.FileAttribEvent, events.FileMovedEvent, events.FileDeletedEvent,
        events.DirCreatedEvent, events.DirMovedEvent, events.DirDeletedEvent,
    ]  # fmt: skip
    changes = Changes()

    class Listener(events.FileSystemEventHandler):
        def on_any_event(self, event: events.FileSystemEvent) -> None:
            changes.add(*filter(matters, _paths(root, event)))

    try:
        observer = Observer()
        observer.schedule(Listener(), str(root), recursive=True, event_filter=kinds)
        observer.start()
    except OSError as error:
        raise QmsError("cannot-watch", path=root, detail=error.strerror) from error
    # A folder that comes with another in it may be noticed twice, of which Watchdog warns.
    with _losses(changes), warnings.catch_warnings(action="ignore", category=RuntimeWarning):
        try:
            yield changes
        finally:
            observer.stop()
            observer.join()


class _Losses(logging.Handler):
    """Takes what Watchdog only logs, that the system has dropped news, for news of everything."""

    def __init__(self, changes: Changes) -> None:
        super().__init__(logging.WARNING)
        self._changes = changes

    def emit(self, record: logging.LogRecord) -> None:
        self._changes.add(EVERYTHING)


@contextmanager
def _losses(changes: Changes) -> Iterator[None]:
    """Listen to what Watchdog logs; nobody else hears it."""
    handler = _Losses(changes)
    logger = logging.getLogger("watchdog")
    logger.addHandler(handler)
    propagated, logger.propagate = logger.propagate, False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated


def _paths(root: Path, event: "FileSystemEvent") -> Iterator[str]:
    """Yield what an event speaks of: also the target of a move, which is how editors save."""
    for path in (str(event.src_path), str(event.dest_path)):
        if path.startswith(f"{root}/"):
            yield path[len(str(root)) + 1 :] + ("/" if event.is_directory else "")
