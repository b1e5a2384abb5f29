"""Who is at the keyboard, and a record with their signature in the work tree."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qms_docs.edges import journal, ssh
from qms_docs.edges.git import Repository
from qms_docs.edges.journal import FileWrite
from qms_docs.judge import entitlement
from qms_docs.judge.ledger import Ledger
from qms_docs.text import records, sshsig
from qms_docs.words.authority import Authority, Person
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Body, Record, Signer
from qms_docs.work.asked import Asked


@dataclass(frozen=True)
class Hand:
    """A person with a key, at an instant."""

    person: Person
    key: Path | str
    """The private key's file, or a public key whose private half an agent holds."""
    line: str
    """The public key: type and base64."""
    now: datetime

    def role(self, wanted: str | None, fitting: Iterable[str]) -> str:
        """Return the role in which the person acts: as wanted, or the only one that fits.

        Raises QmsError where that is not clear, or where the person does not hold the role.
        """
        held = tuple(dict.fromkeys(t.role for t in self.person.tenures if t.span.holds(self.now)))
        if wanted is not None:
            return wanted
        chosen = [role for role in dict.fromkeys(fitting) if role in held] or list(held)
        if len(chosen) != 1:
            raise QmsError("which-role", person=self.person.key, roles=", ".join(chosen) or "–")
        return chosen[0]


def hand(authority: Authority, key: Path | None, now: datetime) -> Hand:
    """Return who signs: the person of the authority whose key is given, or lies in the agent.

    Raises QmsError if nobody has the key.
    """
    found = [(key, ssh.public_key(key))] if key else [(line, line) for line in ssh.agent_keys()]
    for place, line in found:
        for person in authority.people.values():
            if person.has_key(line, now):
                return Hand(person, place, line, now)
    raise QmsError("unknown-key" if found else "no-key", file=key or "–")


def acting(
    authority: Authority, asked: Asked, roles: tuple[str, ...], otherwise: str
) -> tuple[Hand, str]:
    """Return who signs, and in which role: it must be one of `roles`.

    Raises QmsError if the audit would not let them speak; `otherwise` is why (a label `reason-…`)
    for any other role.
    """
    who = hand(authority, asked.key, asked.now)
    role = who.role(asked.role, roles)
    refuse_unheard(authority, who, role, asked)
    if role not in roles:
        raise QmsError("may-not", reason=otherwise)
    return who, role


def refuse_unheard(authority: Authority, who: Hand, role: str, asked: Asked) -> None:
    """Raise QmsError if the audit would not let a person speak in a role."""
    signer = Signer(who.person.key, role, who.line, asked.on_behalf_of)
    if reason := entitlement.role_objection(signer, authority, asked.now):
        raise QmsError("may-not", reason=reason)


def waiting(repository: Repository, ledger: Ledger, folder: str) -> Iterator[Body]:
    """Yield what the records below a folder say that were written and are not on main yet.

    One that cannot be read is left to the audit.
    """
    snapshot = repository.work_tree()
    for path in snapshot.modes:
        digest = path.rpartition("/")[2].removesuffix(".json")
        if path.startswith(folder) and snapshot.is_file(path) and digest not in ledger.records:
            with suppress(records.UnreadableRecordError):
                yield records.read(snapshot.read(path)).body


def write(
    repository: Repository,
    genesis: str,
    who: Hand,
    role: str,
    body: Body,
    behalf: str = "",
    beside: Iterable[FileWrite] = (),
) -> tuple[Path, ...]:
    """Sign a record and write it into the work tree; return its files.

    What stands `beside` it is written with it, all or none. The signature is verified first: one
    that never counts is not worth a file. Raises QmsError if the key cannot be used, if what the
    person says does not fit into a record, or if a file cannot be written.
    """
    signer = Signer(who.person.key, role, who.line, behalf)
    said = who.now.isoformat(timespec="seconds")
    record = Record(manual=genesis, signer=signer, said=said, body=body)
    _refuse_unfit(record)
    message = records.message(record)
    signature = ssh.sign(message, who.key)
    if sshsig.verify(signature, message, who.line) is not None:
        raise QmsError("false-signature", person=who.person.key)
    signed, data = records.signed(record, signature)
    paths = records.paths(signed)
    files = (FileWrite(path, data) for path in paths)
    journal.write(repository.root, repository.private_folder(), (*beside, *files))
    return tuple(repository.root / path for path in paths)


def _refuse_unfit(record: Record) -> None:
    """Raise QmsError if nobody could read the record, before anybody is asked to sign it."""
    try:
        _, data = records.signed(record, "-")
        records.read(data)
    except (UnicodeEncodeError, records.UnreadableRecordError) as error:
        raise QmsError("unfit-words") from error


def begun(ledger: Ledger) -> Ledger:
    """Return the ledger of a manual that has begun; raises QmsError if it has not."""
    if not ledger.genesis or ledger.rules is None:
        raise QmsError("no-genesis")
    return ledger
