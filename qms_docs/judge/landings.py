"""Commits in, arrivals on main out; and who has changed which text since it was last released."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from qms_docs.words.history import BEGINNING, GONE, Arrival, Commit, FileChange, Landing, instant_of

Change = tuple[str, Commit]
"""A content (blob id) and a commit that has to do with how it came to be there."""
_Changes = dict[tuple[str, str], Change]
"""Content and name of the commit → the change: each once, in order."""


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

    Git's word can only disqualify. A content counts for the commit that brings it to a path, and
    for the commit that first brought it to any path: it stays written by whoever wrote it. Whoever
    merges or rebases what others wrote, or moves it to a new place, has written nothing.
    """

    def __init__(
        self,
        identify: Callable[[FileChange], str],
        split: Callable[[FileChange], Iterable[FileChange]],
    ) -> None:
        """Begin with nothing.

        `identify` returns the identification and language of a file's text, or its path; `split`
        the changes of what a file consists of, each with a path of its own, or the change itself.
        """
        self._identify = identify
        self._split = split
        self._first: dict[str, Commit] = {}
        """Content → the commit that first brought it anywhere."""
        self._seen: set[tuple[str, str]] = set()
        self._released: set[str] = set()
        """Contents that were released once: whoever brings them back has changed nothing."""
        self._there: set[str] = set()
        """Every path of main."""
        self._pending: dict[str, _Changes] = defaultdict(dict)
        """By path."""
        self._gone: dict[str, _Changes] = defaultdict(dict)
        """What waits for a new path of a document that is gone: by what it is (`identify`)."""

    def land(self, arrival: Arrival) -> None:
        """Take note of who changed what."""
        brought = [(commit, self._parts(commit)) for commit in arrival.brought]
        for commit, changes in brought:
            gone = {change.old_blob for change in changes if change.mode == GONE}
            for change in changes:
                if change.mode != GONE:
                    is_move = change.old_mode == GONE and change.blob in gone
                    self._bring(change, commit, is_move)
        landed = brought[-1][1]
        for change in landed:
            if change.mode == GONE:
                self._there.discard(change.path)
            else:
                self._there.add(change.path)
                self._keep_first(change)
        self._follow([change for _, changes in brought for change in changes], landed)

    def _parts(self, commit: Commit) -> list[FileChange]:
        return [part for change in commit.changes for part in self._split(change)]

    def _bring(self, change: FileChange, commit: Commit, is_move: bool) -> None:
        self._first.setdefault(change.blob, commit)
        content = (change.path, change.blob)
        if content not in self._seen:
            self._seen.add(content)
            if not is_move:
                self._add(change, commit)
            self._keep_first(change)

    def _keep_first(self, change: FileChange) -> None:
        """Let a content count for who first wrote it, also where it was moved or brought back."""
        if change.blob not in self._released:
            self._add(change, self._first[change.blob])

    def _add(self, change: FileChange, commit: Commit) -> None:
        self._pending[change.path].setdefault((change.blob, commit.id), (change.blob, commit))

    def _follow(self, brought: Iterable[FileChange], landed: Iterable[FileChange]) -> None:
        """Hand what is known of a document on to the path that it moves to.

        A path is also gone that only a merged branch had: the document has another one on main.
        """
        went = False
        for change in brought:
            if change.path not in self._there and change.path in self._pending:
                self._gone[self._name(change)] |= self._pending.pop(change.path)
                went = True
        if not self._gone:
            return
        for change in landed:
            if change.mode != GONE and (went or change.old_mode == GONE):
                for name in {change.path, self._name(change)} & self._gone.keys():
                    self._pending[change.path] = self._gone.pop(name) | self._pending[change.path]

    def _name(self, change: FileChange) -> str:
        return self._identify(change) if change.path.endswith(".md") else change.path

    def of(self, paths: Iterable[str]) -> Iterator[Change]:
        """Yield the changes of these files since they were last released."""
        for path in paths:
            yield from self._pending.get(path, {}).values()

    def released(self, contents: Mapping[str, str]) -> None:
        """Forget the changes of files (path → content) whose text has been released."""
        for path, blob in contents.items():
            self._pending.pop(path, None)
            self._released.add(blob)
