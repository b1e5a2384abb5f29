"""The output of `git log --raw -z` as commits, and of `git cat-file --batch` as contents.

Every field ends with a NUL and stands at a known position, so nothing that a commit says of itself
can be taken for another field.
"""

import re
from collections.abc import Iterator
from typing import IO

from qms_docs.words.history import Commit, FileChange

ARGUMENTS = (
    "log",
    "--topo-order",
    "--reverse",
    "--diff-merges=first-parent",
    "--raw",
    "-z",
    "--no-renames",
    "--no-abbrev",
    "--ignore-submodules=none",
    "--no-mailmap",
    "--no-notes",
    "--no-color",
    "--format=commit %H%x00%P%x00%ct%x00%ae%x00%(trailers:key=Co-authored-by,valueonly)%x00",
)
"""Parents before children; a merge is compared with its first parent; ids in full."""
_ADDRESS = re.compile(r"<([^<>\s]+)>")
_START = b"commit "
_PIECE = 1024 * 1024


def commits(output: bytes) -> Iterator[Commit]:
    """Yield the commits in the output of `git log` with these arguments."""
    fields = output.split(b"\0")
    position, end = 0, len(fields)
    while position < end and fields[position]:
        name, parents, seconds, author, trailers = fields[position : position + 5]
        position += 5
        changes = []
        position += 1  # the end of the format, then of nothing or of the list of changes
        while position < end and (entry := fields[position].lstrip(b"\n")).startswith(b":"):
            changes.append(_change(entry, fields[position + 1]))
            position += 2
        yield Commit(
            id=name.removeprefix(_START).decode("ascii"),
            parents=tuple(parents.decode("ascii").split()),
            seconds=int(seconds),
            author=author.decode("utf-8", "replace"),
            coauthors=tuple(_ADDRESS.findall(trailers.decode("utf-8", "replace"))),
            changes=tuple(changes),
        )


def contents(stream: IO[bytes], largest: int) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of the blobs in the output of `git cat-file --batch`.

    Those of more than `largest` bytes are left out, and never held.
    """
    while header := stream.readline():
        name, *facts = header.decode("ascii").split()
        if len(facts) != 2:  # missing
            continue
        kind, left = facts[0], int(facts[1]) + 1  # a line feed stands behind each
        if kind == "blob" and left <= largest:
            yield name, stream.read(left)[:-1]
            continue
        while left:
            left -= len(stream.read(min(left, _PIECE)))


def _change(entry: bytes, path: bytes) -> FileChange:
    old_mode, mode, old_blob, blob, _ = entry[1:].decode("ascii").split(" ")
    return FileChange(path.decode("utf-8", "surrogateescape"), old_mode, old_blob, mode, blob)
