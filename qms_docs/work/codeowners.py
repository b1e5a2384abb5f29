"""CODEOWNERS of a manual, from what is released and what the forge calls the accounts now."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qms_docs.edges import commits, journal
from qms_docs.edges.git import Repository
from qms_docs.edges.http import Service
from qms_docs.edges.journal import FileWrite
from qms_docs.forge import github, githubaccounts
from qms_docs.judge import owners
from qms_docs.judge.ledger import Ledger
from qms_docs.show import codeowners
from qms_docs.words.errors import QmsError
from qms_docs.words.issues import Issue
from qms_docs.words.paths import is_file
from qms_docs.work import history, signing

PATH = ".github/CODEOWNERS"


@dataclass(frozen=True)
class Comparison:
    """The file as it is committed, and as it should be."""

    committed: bytes
    """Empty if there is none."""
    wanted: bytes


def wanted(repository: Repository, service: Service, now: datetime) -> bytes:
    """Return the file as it should be.

    Raises QmsError if the manual has not begun, if the forge does not say what it calls the
    accounts, or if nobody of those who must agree to a new authority has one.
    """
    ledger = signing.begun(history.ledger(repository))
    assert ledger.rules is not None
    authority = ledger.rules.authority
    found = owners.owned(ledger.rules, _newest(ledger))
    roles = {role for each in found for role in each.roles}
    accounts = {role: owners.holders(authority, role, now, github.FORGE) for role in roles}
    logins = githubaccounts.logins(service, {each for held in accounts.values() for each in held})
    names = {
        role: tuple(f"@{logins[account]}" for account in held if logins[account])
        for role, held in accounts.items()
    }
    keepers = {name for role in owners.keepers(authority) for name in names[role]}
    if not keepers:
        raise QmsError("no-keepers", roles=", ".join(owners.keepers(authority)) or "–")
    return codeowners.as_text(found, names, " ".join(sorted(keepers))).encode()


def compared(repository: Repository, service: Service, now: datetime) -> Comparison:
    """Return the committed file beside the one that should be there."""
    mode, blob = commits.files(repository, repository.tip()).get(PATH, ("", ""))
    there = repository.read_blob(blob) if is_file(mode) else b""
    return Comparison(there, wanted(repository, service, now))


def write(repository: Repository, service: Service, now: datetime) -> Path:
    """Write the file into the work tree and return it; raises QmsError if that cannot be done."""
    data = wanted(repository, service, now)
    snapshot = repository.work_tree()
    before = snapshot.read(PATH) if snapshot.is_file(PATH) else None
    journal.write(repository.root, repository.private_folder(), (FileWrite(PATH, data, before),))
    return repository.root / PATH


def _newest(ledger: Ledger) -> tuple[Issue, ...]:
    """Return the newest release of each text that still stands where it was released from."""
    newest = {
        (each.subject.id, each.subject.language): each
        for issues in ledger.issues.values()
        for each in issues
    }
    there = ledger.tree().blobs
    return tuple(each for each in newest.values() if each.released.path in there)
