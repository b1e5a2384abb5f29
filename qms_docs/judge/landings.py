"""Commits in, arrivals on main out; and who has changed which text since it was last released."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from qms_docs.words.history import BEGINNING, GONE, Arrival, Commit, FileChange, Landing, instant_of

Change = tuple[str, Commit, int]
"""A content (blob id), the commit that first brought it to its path, the number of its landing."""


def arrivals(commits: Iterable[Commit], tip: str) -> Iterator[Arrival]:
    """Yield what came to main, along first parents, from the beginning to the tip.

    `commits` are all that the tip can reach, parents before children.
    """
    known = {commit.id: commit for commit in commits}
    order = {name: number for number, name in enumerate(known)}
    line = list(_first_parents(known, tip))
    landed: set[str] = set()
    instant = BEGINNING
    for number, commit in enumerate(reversed(line)):
        brought = sorted(_new(commit, known, landed), key=order.__getitem__)
        instant = max(instant, instant_of(commit.seconds))
        landing = Landing(number, commit.id, instant)
        yield Arrival(landing, commit, tuple(known[name] for name in brought))


def _first_parents(known: Mapping[str, Commit], tip: str) -> Iterator[Commit]:
    name: str | None = tip
    while name is not None:
        commit = known[name]
        yield commit
        name = commit.parents[0] if commit.parents else None


def _new(commit: Commit, known: Mapping[str, Commit], landed: set[str]) -> list[str]:
    """Return the commits that a commit brings, and count them as landed."""
    found, open_ = [commit.id], list(commit.parents[1:])
    landed.update((commit.id, *commit.parents[:1]))
    while open_:
        name = open_.pop()
        if name not in landed:
            landed.add(name)
            found.append(name)
            open_ += known[name].parents
    return found


class Authorship:
    """Who has changed which file since its text was last released, as Git says it.

    Git's word can only disqualify. A content counts for the commit that first brings it to a path,
    so whoever merges, moves or rebases what others wrote has written nothing.
    """

    def __init__(self, identify: Callable[[FileChange], str]) -> None:
        """`identify` returns the identification and language of a file's text, or its path."""
        self._identify = identify
        self._seen: set[tuple[str, str]] = set()
        self._pending: dict[str, list[Change]] = defaultdict(list)
        """By path; those of a deleted document wait, by what it was, for its new path."""
        self._gone: dict[str, list[Change]] = defaultdict(list)

    def land(self, arrival: Arrival) -> None:
        """Take note of who changed what."""
        number = arrival.landing.number
        for commit in arrival.brought:
            moved = {change.old_blob for change in commit.changes if change.mode == GONE}
            for change in commit.changes:
                content = (change.path, change.blob)
                if change.mode != GONE and content not in self._seen:
                    self._seen.add(content)
                    if change.blob not in moved:
                        self._pending[change.path].append((change.blob, commit, number))
        self._follow(arrival.commit.changes)

    def _follow(self, changes: tuple[FileChange, ...]) -> None:
        """Hand what is known of a document on to the path that it moves to."""
        for change in changes:
            if change.mode == GONE and change.path in self._pending:
                self._gone[self._identify(change)] += self._pending.pop(change.path)
        for change in changes:
            if self._gone and change.old_mode == GONE and change.path.endswith(".md"):
                self._pending[change.path][:0] = self._gone.pop(self._identify(change), [])

    def of(self, paths: Iterable[str]) -> Iterator[Change]:
        """Yield the changes of these files since they were last released."""
        for path in paths:
            yield from self._pending.get(path, ())

    def released(self, paths: Iterable[str]) -> None:
        """Forget the changes of files whose text has been released."""
        for path in paths:
            self._pending.pop(path, None)
