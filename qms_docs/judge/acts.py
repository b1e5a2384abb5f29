"""Who acts by which document, on which record: what its steps, hand-overs and escalations say.

The responsibility matrix and the comparison with the role sheets are both made of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qms_docs.judge import flows, naming
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.policy import ANYBODY, APPROVER, EVERYBODY, OWNER, PROCESS_OWNER, REVIEWER
from qms_docs.words.rows import Kind, Row

_WHO = ((Kind.STEPS, "role"), (Kind.HANDOVERS, "from"), (Kind.ESCALATIONS, "role"))
"""Kinds of tables that say who acts, and the column in which they say it."""


@dataclass(frozen=True)
class Act:
    """What one row asks of the roles that it names."""

    document: Document
    kind: Kind
    row: Row
    roles: frozenset[str]
    """The roles that act: those it links, or those that a collective name stands for."""
    records: tuple[str, ...]
    """Identifications of the forms on which it is recorded."""
    receivers: frozenset[str] = frozenset()
    """Roles to which it is handed over: they may add to the record, and need not."""
    is_open: bool = False
    """Other roles may act as well: it says so in words that name nobody."""

    @property
    def number(self) -> str:
        """The number of a step, else nothing."""
        return self.row["step"].text if self.kind is Kind.STEPS else ""


def acts(manual: Manual, texts: Iterable[Document] | None = None) -> Iterator[Act]:
    """Yield what texts (default: the masters) ask of roles, one by one, in the order of rows."""
    collectives = _members(manual)
    masters = (document for document in manual.documents if document.is_master)
    for document in masters if texts is None else texts:
        for kind, column in _WHO:
            for row in manual.rows(document.source, kind):
                yield _act(manual, document, kind, row, column, collectives)


def duties(manual: Manual) -> Iterator[tuple[Document, Row]]:
    """Yield the duties that the masters of the role sheets list."""
    for document in manual.documents:
        if document.is_master and document.id in manual.roles:
            for row in manual.rows(document.source, Kind.DUTIES):
                yield document, row


def _act(
    manual: Manual,
    document: Document,
    kind: Kind,
    row: Row,
    column: str,
    collectives: Mapping[str, frozenset[str]],
) -> Act:
    policy, who = manual.policy, row[column]
    names = policy.collective_names(document.language)
    named = {names[item] for item in naming.items(who) if item in names}
    roles = {role for key in named for role in collectives[key]}
    linked = naming.roles(manual, document.source, who)
    words = who.text.casefold()
    return Act(
        document=document,
        kind=kind,
        row=row,
        roles=frozenset(roles if named else linked),
        records=naming.forms(policy, row["record"]),
        receivers=_receivers(manual, document, kind, row),
        is_open=ANYBODY in named or (not named and any(name.casefold() in words for name in names)),
    )


def _receivers(manual: Manual, document: Document, kind: Kind, row: Row) -> frozenset[str]:
    if kind is not Kind.HANDOVERS:
        return frozenset()
    return frozenset(naming.roles(manual, document.source, row["to"]))


def _members(manual: Manual) -> Mapping[str, frozenset[str]]:
    """Return the roles that each collective name stands for: the front matters say which."""
    controls = [document.control for document in manual.documents if document.is_master]
    return {
        OWNER: frozenset(control.owner for control in controls),
        PROCESS_OWNER: frozenset(each.control.owner for each in flows.processes(manual)),
        REVIEWER: _all(control.reviewers for control in controls),
        APPROVER: _all(control.approvers for control in controls),
        EVERYBODY: manual.roles,
        ANYBODY: frozenset(),
    }


def _all(names: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(role for roles in names for role in roles)
