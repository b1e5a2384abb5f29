"""What the history of a commit says, kept from one run to the next (docs/decisions/0017).

The name of a commit is a digest of all that it can reach, so for one program there is one answer.
An entry that is damaged counts as none. A gate uses none at all: who can write into a person's own
cache can change what that person is told.
"""

import sys
from datetime import datetime, timedelta, timezone
from functools import cache
from importlib.metadata import version
from zoneinfo import ZoneInfo

from qms_docs.edges import store
from qms_docs.edges.entries import Entries, digest_of, program
from qms_docs.words import authority, copies, evidence, findings, history, issues, model
from qms_docs.words.issues import Chronicle

MOST = 6
"""Commits that are kept: one takes some 20 MB in a manual of 10,000 documents."""
_WORDS = (authority, copies, evidence, findings, history, issues, model)
_KINDS: tuple[type, ...] = (
    *(
        kind
        for module in _WORDS
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__
    ),
    datetime,
    timedelta,
    timezone,
    ZoneInfo,
)
"""What an entry may consist of, beside texts, numbers and collections: our vocabulary, instants."""
_PACKAGES = (
    "cryptography", "jsonschema-rs", "markdown-it-py", "mdit-py-plugins", "mdurl", "PyYAML",
)  # fmt: skip


def recall(tip: str) -> Chronicle | None:
    """Return what the history of a commit says, if this program has said it before."""
    with _opened() as entries:
        return entries.get(_key(tip), Chronicle)


def keep(tip: str, chronicle: Chronicle) -> None:
    """Keep what the history of a commit says, if it can be kept."""
    with _opened() as entries:
        entries.put(_key(tip), chronicle)


def _opened() -> Entries:
    return Entries(store.cache_folder() / "chronicles.sqlite", _KINDS, MOST)


def _key(tip: str) -> bytes:
    return digest_of((_program(), tip.encode("ascii")))


@cache
def _program() -> bytes:
    """Return a digest of everything that decides what a history says: the whole program."""
    ours = program("**/*.py", "data/schemas/*", "data/*.toml", "data/fonts/coverage.txt")
    others = (f"{name} {version(name)}".encode() for name in _PACKAGES)
    return digest_of((ours, sys.version.encode(), *others))
