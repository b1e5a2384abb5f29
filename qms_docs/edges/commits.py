"""What Git says of single commits: their files, what they touch, where two of them part."""

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


def touched(repository: Repository, commit: str) -> tuple[str, ...]:
    """Return the paths that a commit changes, compared with its parent."""
    options = ("-r", "-z", "--root", "--no-commit-id", "--name-only", "--no-renames")
    return tuple(split(repository.ask("diff-tree", *options, "--end-of-options", commit)))


def fork(repository: Repository, one: str, other: str) -> str:
    """Return the newest commit that two commits have in common.

    Raises QmsError if there is none.
    """
    try:
        return repository.ask("merge-base", one, other).decode("ascii").strip()
    except QmsError as error:
        raise QmsError("nothing-common", commit=one[:12], other=other[:12]) from error
