"""What Git says of single commits: their files, where two of them part, and what joins them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from qms_docs.edges.git import Repository, split
from qms_docs.words.errors import QmsError


def is_there(repository: Repository, commit: str) -> bool:
    """Tell whether the repository holds a commit of this full name."""
    try:
        return bool(commit) and repository.tip(commit) == commit
    except QmsError as error:
        if error.key != "no-commit":
            raise
        return False


def files(repository: Repository, commit: str) -> dict[str, tuple[str, str]]:
    """Return the files of a commit (path → Git mode and content)."""
    listed = split(repository.ask("ls-tree", "-r", "-z", "--full-tree", commit))
    lines = (line.partition("\t") for line in listed)
    return {path: (words[0], words[2]) for facts, _, path in lines if (words := facts.split())}


def fork(repository: Repository, one: str, other: str) -> str:
    """Return the newest commit that two commits have in common.

    Raises QmsError if there is none.
    """
    try:
        return repository.ask("merge-base", one, other).decode("ascii").strip()
    except QmsError as error:
        raise QmsError("nothing-common", commit=one[:12], other=other[:12]) from error


def branch(repository: Repository, name: str) -> str:
    """Return the newest commit of a branch, as this clone knows it; empty if it knows none.

    That of its origin comes first: a branch of one's own can be behind it, or ahead.
    """
    for ref in (f"refs/remotes/origin/{name}", f"refs/heads/{name}"):
        if name and repository.has(ref):
            return repository.tip(ref)
    return ""


def is_landing(repository: Repository, commit: str, tip: str) -> bool:
    """Tell whether a commit lies on the way of first parents that leads to a tip."""
    way = repository.ask("rev-list", "--first-parent", "--end-of-options", tip)
    return commit.encode("ascii") in way.split()


def joined(repository: Repository, ours: bytes, old: bytes, theirs: bytes) -> bytes | None:
    """Return a text with the changes of both sides; None if they get in each other's way.

    Programs that the repository's settings name for merges are not run.
    """
    with TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("ours", "old", "theirs")]
        for file, data in zip(files, (ours, old, theirs), strict=True):
            file.write_bytes(data)
        try:
            return repository.ask("merge-file", "--stdout", "--quiet", *map(str, files))
        except QmsError as error:
            if error.key != "git-failed":
                raise
            return None
