"""Answers to what went wrong: a record taken back by its author, a finding closed by two people."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qms_docs.edges.git import Repository
from qms_docs.judge.ledger import Ledger
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import (
    Body,
    Copy,
    Nonconformity,
    Record,
    Reviews,
    Statement,
    Void,
)
from qms_docs.work import auditing, history, signing
from qms_docs.work.asked import Asked

SHORTEST = 8
"""Digits of a digest that name a record, if only one begins with them."""


def take_back(repository: Repository, digest: str, reason: str, asked: Asked) -> tuple[Path, ...]:
    """Write that a person takes back a record of their own, from when this lands.

    That is a statement, what they have recorded of controlled copies, or what they have imported
    from a forge. Raises QmsError if there is no such record, or if it is not theirs.
    """
    ledger = signing.begun(history.ledger(repository))
    record = _record(ledger, digest)
    who = _hand(ledger, asked)
    if not isinstance(record.body, Statement | Copy | Reviews):
        raise QmsError("no-statement", digest=record.digest[:12])
    if record.signer.person != who.person.key:
        raise QmsError("not-yours", digest=record.digest[:12], person=record.signer.person)
    if ledger.is_taken_back(record.digest):
        raise QmsError("taken-back", digest=record.digest[:12])
    role = who.role(asked.role, [record.signer.role])
    return _write(repository, ledger, who, role, Void(record.digest, reason), asked)


@dataclass(frozen=True)
class Closed:
    """One person's answer to a finding."""

    files: tuple[Path, ...]
    people: int
    """How many have answered it, with this one."""
    guardians: tuple[str, ...]
    """Roles of which one must still answer it; empty if one of them has."""

    @property
    def is_enough(self) -> bool:
        """Tell whether the finding is closed when this lands."""
        return self.people > 1 and not self.guardians


def close(
    repository: Repository, commit: str, code: str, reason: str, correction: str, asked: Asked
) -> Closed:
    """Write how a finding of the audit was dealt with; two people must, one for the authority.

    Raises QmsError if the audit has no such open finding, or if the person has answered it.
    """
    ledger = signing.begun(history.ledger(repository))
    full, code = repository.tip(commit), code.upper()
    if (full, code) not in _open(ledger, asked.now):
        raise QmsError("nothing-to-close", commit=full[:12], code=code)
    answered = ledger.answered_by(full, code)
    who = _hand(ledger, asked)
    if who.person.key in answered:
        raise QmsError("answered", commit=full[:12], code=code, person=who.person.key)
    guardians = ledger.guardians()
    role = who.role(asked.role, sorted(guardians))
    body = Nonconformity(full, code, reason, correction)
    files = _write(repository, ledger, who, role, body, asked)
    missing = guardians.isdisjoint({role, *answered.values()})
    return Closed(files, len(answered) + 1, tuple(sorted(guardians)) if missing else ())


def _open(ledger: Ledger, now: datetime) -> set[tuple[str, str]]:
    """Return commit and code of every finding in the history itself that is not closed."""
    ahead = auditing.ahead(ledger.line.values(), now)
    open_ = [*ledger.open_notes, *([ahead] if ahead and not ledger.is_closed(ahead) else [])]
    return {(note.landing.commit, note.finding.code) for note in open_}


def _record(ledger: Ledger, digest: str) -> Record:
    digest = digest.lower()
    found = [name for name in ledger.records if name.startswith(digest)]
    if len(digest) < SHORTEST or len(found) != 1:
        raise QmsError("no-record", digest=digest)
    return ledger.records[found[0]]


def _hand(ledger: Ledger, asked: Asked) -> signing.Hand:
    assert ledger.rules is not None
    return signing.hand(ledger.rules.authority, asked.key, asked.now)


def _write(
    repository: Repository,
    ledger: Ledger,
    who: signing.Hand,
    role: str,
    body: Body,
    asked: Asked,
) -> tuple[Path, ...]:
    """Sign and write; raises QmsError if the audit would not let the signer speak."""
    assert ledger.rules is not None
    signing.refuse_unheard(ledger.rules.authority, who, role, asked)
    return signing.write(repository, ledger.genesis, who, role, body, asked.on_behalf_of)
