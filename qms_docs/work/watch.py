"""Keep a preview up to date while somebody writes.

One round waits for something to happen and shows what has become of it. Clock and end are passed
in, so that a test can be the clock.
"""

import time
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from qms_docs.edges.git import Repository
from qms_docs.edges.server import PageServer
from qms_docs.edges.watching import index_lock, watching
from qms_docs.show import live
from qms_docs.words.manual import Manual
from qms_docs.work import reading, workspace
from qms_docs.work.desk import Desk
from qms_docs.work.press import Press
from qms_docs.work.preview import Limits
from qms_docs.work.reading import Reading

QUIET = 0.1
"""A save has ended when nothing has happened for so many seconds …"""
LONGEST = 1.0
"""… and is looked at after so many seconds even if something still happens."""
STALE_LOCK = 2.0
"""A lock of Git under which nothing has happened for so many seconds is not waited for."""

Take = Callable[[float | None], frozenset[str]]
Clock = Callable[[], float]
Stop = Callable[[], bool]


@dataclass(frozen=True)
class Tasks:
    """What a round has to do."""

    locked: Callable[[], bool]
    """Tells whether Git is changing the work tree."""
    again: Callable[[Reading, Collection[str]], Reading]
    """Reads paths again."""
    show: Callable[[Reading], None]


def one_round(state: Reading, take: Take, clock: Clock, stop: Stop, tasks: Tasks) -> Reading:
    """Wait for something to happen, read what may have changed, and show it."""
    paths = settled(take, clock, stop, tasks.locked)
    if stop():
        return state
    if paths:
        state = tasks.again(state, paths)
    tasks.show(state)
    return state


def settled(take: Take, clock: Clock, stop: Stop, locked: Callable[[], bool]) -> frozenset[str]:
    """Wait until something has changed and the change is complete; return the paths.

    Returns without paths, and at once, if `take` was only woken.
    """
    paths = set(take(None))
    first = last = clock()
    while paths and not stop():
        now, until = clock(), min(last + QUIET, first + LONGEST)
        if now >= until and not (locked() and now < last + STALE_LOCK):
            break
        more = take(until - now if now < until else QUIET)
        if more:
            paths |= more
            last = clock()
    return frozenset(paths)


def run(
    repository: Repository,
    ids: Iterable[str],
    limits: Limits,
    language: str,
    tell: Callable[[list[str]], None],
    stop: Stop = lambda: False,
) -> None:
    """Show documents in a browser and follow every save, until `stop` or KeyboardInterrupt.

    `tell` gets the addresses to open: of the documents, or of the list of all where none is named.
    Raises QmsError if the manual cannot be read at the start, or a document is not there.
    """
    with ExitStack() as stack:
        changes = stack.enter_context(watching(repository.root))
        load = partial(workspace.load, read_source=reading.Sources())
        state = reading.first(repository, load)
        if state.manual is None:
            assert state.error is not None
            raise state.error
        names = _names(state.manual, ids, language)
        server = stack.enter_context(closing(PageServer(changes.wake, live.policy())))
        press = stack.enter_context(closing(Press(limits, changes.wake)))
        desk = Desk(server, press, reading.LastCommit(repository, load), language)
        for name in names:
            server.expect(name)
        desk.show(state)
        tell([server.address + quote(name) for name in names or [""]])
        tasks = Tasks(
            locked=index_lock(repository.root).exists,
            again=lambda state, paths: reading.again(state, repository, paths, load),
            show=desk.show,
        )
        while not stop():
            state = one_round(state, changes.take, time.monotonic, stop, tasks)


def _names(manual: Manual, ids: Iterable[str], language: str) -> list[str]:
    """Return the page of each document, in the reader's language if there is one."""
    named = live.names(manual)
    found = []
    for id_ in dict.fromkeys(ids):
        texts = [name for name, path in named.items() if manual.by_path[path].identification == id_]
        if not texts:
            raise manual.why_missing(id_)
        found.append(next((name for name in texts if name.endswith(f".{language}")), texts[0]))
    return found
