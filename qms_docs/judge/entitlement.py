"""May this person say this now? Judged at the landing, by the authority from before it."""

from datetime import datetime

from qms_docs.text import sshsig
from qms_docs.words.authority import Authority
from qms_docs.words.evidence import Record, Signer


def objection(record: Record, authority: Authority | None, instant: datetime) -> str:
    """Return why the signer of a record may not speak, a label `reason-…`; empty if they may.

    The signature itself is judged by `false_signature`.
    """
    signer = record.signer
    person = authority.people.get(signer.person) if authority else None
    if authority is None or person is None:
        return "outsider"
    if not person.has_key(signer.key, instant):
        return "key"
    return role_objection(signer, authority, instant)


def role_objection(signer: Signer, authority: Authority, instant: datetime) -> str:
    """Return why a person does not speak in a role at an instant; empty if they do."""
    if signer.on_behalf_of:
        known = authority.delegated(signer.role, signer.on_behalf_of, signer.person, instant)
        return "" if known else "delegation"
    person = authority.people.get(signer.person)
    return "" if person and person.holds(signer.role, instant) else "role"


def false_signature(record: Record) -> str | None:
    """Return why the signature of a record is not what it claims; None if it is good."""
    return sshsig.verify(record.signature, record.message, record.signer.key)
