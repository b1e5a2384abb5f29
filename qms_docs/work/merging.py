"""What a merge would make of two commits: worked out file by file, and written nowhere."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from qms_docs.edges import commits
from qms_docs.edges.git import Repository
from qms_docs.words.history import GONE, FileChange
from qms_docs.words.paths import is_file

File = tuple[str, str]
"""Git mode and name of the content."""
_ABSENT = (GONE, "")


@dataclass(frozen=True)
class Merge:
    """What a merge would bring to a base."""

    changes: tuple[FileChange, ...]
    contents: Mapping[str, bytes]
    """Contents that stand in neither commit, by names of our own."""
    clashes: tuple[str, ...]
    """Paths that both have changed and nobody can join but a person; as in the other commit."""


def merged(repository: Repository, base: str, other: str) -> Merge:
    """Return what merging another commit would change on a base; raises QmsError."""
    fork, ours, theirs = (
        commits.files(repository, each)
        for each in (commits.fork(repository, base, other), base, other)
    )
    changes, contents, clashes = [], {}, []
    for path in sorted(fork.keys() | theirs.keys()):
        old, our, their = (each.get(path, _ABSENT) for each in (fork, ours, theirs))
        if their in (old, our):
            continue
        new = their
        if our != old:
            joined = _joined(repository, old, our, their)
            if joined is None:
                clashes.append(path)
            else:
                new = (our[0], hashlib.sha256(joined).hexdigest())
                contents[new[1]] = joined
        changes.append(FileChange(path, *our, *new))
    return Merge(tuple(changes), contents, tuple(clashes))


def _joined(repository: Repository, old: File, our: File, their: File) -> bytes | None:
    """Return a text with the changes of both sides; None if only a person can join them."""
    if len({old[0], our[0], their[0]}) > 1 or not is_file(old[0]):
        return None
    return commits.joined(
        repository, *(repository.read_blob(name) for _, name in (our, old, their))
    )
