"""Which controlled copies a decision makes obsolete, told to whoever decides."""

from collections.abc import Iterable

from qms_docs.judge import recall
from qms_docs.words.copies import ControlledCopy, CopyState
from qms_docs.work.decide import Case

Due = tuple[tuple[ControlledCopy, CopyState], ...]
"""Copies that must come back, and where they stand."""


def by_release(case: Case, ids: Iterable[str]) -> Due:
    """Return the copies whose texts the newest committed texts of documents take the place of."""
    revisions: dict[str, int | None] = {}
    for name in ids:
        master = case.texts(name)[0]
        revisions[name] = master.subject.revision
        document = case.tree.documents((master.path,)).get(master.path)
        for other in document.control.supersedes if document else ():
            revisions[other] = None
    return _due(case, revisions)


def by_withdrawal(case: Case, ids: Iterable[str]) -> Due:
    """Return the copies of documents of which nothing remains in force."""
    return _due(case, dict.fromkeys(ids))


def _due(case: Case, revisions: dict[str, int | None]) -> Due:
    now = case.standing.landing.instant
    return tuple(recall.obsoleted(case.ledger.released(), now, revisions))
