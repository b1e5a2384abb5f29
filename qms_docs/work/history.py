"""The audit walk: the history of main once, from its beginning, into a ledger."""

from datetime import datetime

from qms_docs.edges.git import Repository, Snapshot
from qms_docs.judge import landings
from qms_docs.judge.ledger import Ledger
from qms_docs.text import records
from qms_docs.work.workspace import State


def ledger(repository: Repository, revision: str = "HEAD") -> Ledger:
    """Return what main says at a commit; raises QmsError if its history cannot be trusted."""
    tip = repository.tip(revision)
    found = Ledger(repository.read_blob)
    for arrival in landings.arrivals(repository.history(tip), tip):
        found.land(arrival)
    return found


def state(repository: Repository, snapshot: Snapshot, as_of: datetime) -> State | None:
    """Return what is released, as the newest commit says; None in a manual that has not begun."""
    if records.GENESIS_PATH not in snapshot.modes:
        return None
    return State(ledger(repository).released(), as_of)
