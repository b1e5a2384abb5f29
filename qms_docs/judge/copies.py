"""Controlled copies in the ledger: which were issued, what became of them, where they stand.

Each copy in a record is judged alone. A copy that is out there is never forgotten because another
one in the same record was named wrongly.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from qms_docs.judge import lifecycle
from qms_docs.judge.releasing import Objection
from qms_docs.judge.statements import Moment
from qms_docs.words.copies import ControlledCopy, CopyEntry, CopyState
from qms_docs.words.evidence import Copy, CopyEvent, CopyItem, Record
from qms_docs.words.issues import Issue, Released
from qms_docs.words.model import Status

CODE = "QMS913"
_CLOSING = (CopyEvent.RETURNED, CopyEvent.DESTROYED)


class Copies:
    """Every copy that was issued, and what follows from each record at once."""

    def __init__(self) -> None:
        self._known: dict[str, dict[int, ControlledCopy]] = defaultdict(dict)
        """Identification → number → copy."""
        self.taken_back: set[str] = set()
        """Digests of records that are void."""

    def all(self) -> Mapping[str, tuple[ControlledCopy, ...]]:
        """Return the copies of each document, by number."""
        return {
            name: tuple(copy for _, copy in sorted(copies.items()))
            for name, copies in sorted(self._known.items())
            if copies
        }

    def add(
        self, record: Record, moment: Moment, issues: Mapping[str, list[Issue]]
    ) -> Iterator[Objection]:
        """Add what a record says; yield what of it does not count."""
        assert isinstance(record.body, Copy)
        body, role = record.body, record.signer.role
        if not may_issue(role, moment):
            yield Objection(CODE, "issuer", {"role": role})
            return
        entry = CopyEntry(body.event, moment.landing, record.digest)
        for item in body.copies:
            case = self._objection(body, item, issues)
            if case:
                yield Objection(CODE, case, {"id": body.id, "number": str(item.number)})
            elif body.event is CopyEvent.ISSUED:
                self._known[body.id][item.number] = _issued(body, item, entry)
            else:
                copy = self._known[body.id][item.number]
                self._known[body.id][item.number] = replace(copy, entries=(*copy.entries, entry))

    def take_back(self, record: Record, moment: Moment) -> None:
        """Let a record on copies no longer count from now on; its numbers stay used."""
        assert isinstance(record.body, Copy)
        self.taken_back.add(record.digest)
        copies = self._known[record.body.id]
        for number in {item.number for item in record.body.copies} & copies.keys():
            entries = (
                replace(each, taken_back=moment.landing) if each.record == record.digest else each
                for each in copies[number].entries
            )
            copies[number] = replace(copies[number], entries=tuple(entries))

    def _objection(self, body: Copy, item: CopyItem, issues: Mapping[str, list[Issue]]) -> str:
        """Return why one copy in a record does not count; empty if it does."""
        known = self._known[body.id].get(item.number)
        if body.event is not CopyEvent.ISSUED:
            if known is None or known.issue.record != item.issue:
                return "unknown"
            return "" if may_follow(body.event, known) else "closed"
        released = issues.get(body.id, ())
        if not any(each.subject == item.subject and each.document for each in released):
            return "unreleased"
        return "" if is_free(known) else "number"


def may_issue(role: str, moment: Moment) -> bool:
    """Tell whether a role may hand out copies and take them in: whoever may release may."""
    return role in moment.rules.authority.issuers


def is_free(known: ControlledCopy | None) -> bool:
    """Tell whether a number was never used, not even by an issue that was taken back."""
    return known is None


def _issued(body: Copy, item: CopyItem, entry: CopyEntry) -> ControlledCopy:
    assert item.subject is not None
    return ControlledCopy(
        number=item.number,
        subject=item.subject,
        holder=item.holder,
        sha256=item.sha256,
        until=datetime.fromisoformat(body.until) if body.until else None,
        purpose=body.purpose,
        entries=(entry,),
    )


def may_follow(event: CopyEvent, copy: ControlledCopy) -> bool:
    """Tell whether something can still happen to a copy; one that was lost may turn up again."""
    if copy.issue.taken_back:
        return False
    happened = {each.event for each in copy.entries if not each.taken_back}
    if not happened.isdisjoint(_CLOSING):
        return False
    return CopyEvent.LOST not in happened or event in _CLOSING


def standing(copy: ControlledCopy, released: Released, as_of: datetime) -> CopyState | None:
    """Return where a copy stands at an instant; None if it was not issued yet."""
    if copy.issue.landing.instant > as_of:
        return None
    if not copy.issue.counts(as_of):
        return CopyState.VOID
    happened = {each.event for each in copy.entries if each.counts(as_of)}
    for event in (*_CLOSING, CopyEvent.LOST, CopyEvent.RECALLED):
        if event in happened:
            return CopyState(event)
    return CopyState.HELD if _is_current(copy, released, as_of) else CopyState.DUE


def _is_current(copy: ControlledCopy, released: Released, as_of: datetime) -> bool:
    """Tell whether one may work by a copy: its text is in force, and it has not expired."""
    if copy.until is not None and copy.until <= as_of:
        return False
    return any(
        issue.subject == copy.subject
        and lifecycle.life(issue, released, as_of).status is Status.EFFECTIVE
        for issue in released.issues.get(copy.subject.id, ())
    )
