"""What must be said of a text before it may be released, and by whom (ISO 9001:2015, 5.3)."""

from collections.abc import Iterable
from dataclasses import dataclass

from qms_docs.words.authority import Authority
from qms_docs.words.evidence import Grade
from qms_docs.words.model import Control, Document
from qms_docs.words.policy import Responsible

States = Control | Responsible
"""What states who owns, reviews and approves: a document, or its type for a new one."""


@dataclass(frozen=True)
class Requirement:
    """What a revision needs before it may be released."""

    reviewed: tuple[str, ...]
    """Roles that must review."""
    approved: tuple[str, ...]
    quorum: int
    ordered: bool
    languages: tuple[str, ...]
    grades: frozenset[Grade]
    drafters: tuple[str, ...] = ()
    """Persons who must say that they have prepared it; where none is named, one person must."""

    def union(self, other: "Requirement") -> "Requirement":
        """Return what satisfies both."""
        return Requirement(
            reviewed=_joined(self.reviewed, other.reviewed),
            approved=_joined(self.approved, other.approved),
            quorum=max(self.quorum, other.quorum),
            ordered=self.ordered or other.ordered,
            languages=_joined(self.languages, other.languages),
            grades=self.grades & other.grades,
            drafters=self.drafters,
        )


def requirement(
    authority: Authority, documents: Iterable[Document], grade: str
) -> Requirement | None:
    """Return what all of some documents need in a class of change; None if nothing is said of one.

    The documents are the text as it will be and everything it takes the place of, as they were
    released: so nobody chooses lighter rules by writing them into the text.
    """
    found: Requirement | None = None
    for document in documents:
        one = _of(authority, document, grade)
        if one is None:
            return None
        found = found.union(one) if found else one
    return found


def _of(authority: Authority, document: Document, grade: str) -> Requirement | None:
    demand = authority.demand(document.control.type, grade)
    if demand is None:
        return None
    return Requirement(
        reviewed=named(demand.reviewed, document),
        approved=named(demand.approved, document),
        quorum=demand.quorum,
        ordered=demand.ordered,
        languages=demand.languages,
        grades=demand.grades,
        drafters=document.drafters,
    )


def of_data(authority: Authority, name: str) -> Requirement | None:
    """Return what the authority, the policy or the waivers need; None if nothing is said of them.

    They are data without an owner of their own, and only what people have signed counts: whoever
    could change them lightly could change everything else.
    """
    demand = authority.demand(name, "major")
    if demand is None or {"owner", "reviewers", "approvers"} & {*demand.reviewed, *demand.approved}:
        return None
    return Requirement(
        reviewed=demand.reviewed,
        approved=demand.approved,
        quorum=demand.quorum,
        ordered=demand.ordered,
        languages=(),
        grades=frozenset({Grade.SSH}),
    )


def ratifiers(authority: Authority, document: Document) -> tuple[str, ...]:
    """Return the roles that must reaffirm a document after its release."""
    demand = authority.demand(document.control.type, document.change.grade)
    return named(demand.ratified, document) if demand else ()


def named(wanted: Iterable[str], document: Document) -> tuple[str, ...]:
    """Return roles, with those that a document states in place of `owner` and the like."""
    return stated(wanted, document.control)


def stated(wanted: Iterable[str], states: States) -> tuple[str, ...]:
    """Return roles, with those that are stated in place of `owner` and the like."""
    own = {"owner": (states.owner,), "reviewers": states.reviewers, "approvers": states.approvers}
    return _joined(*(own.get(name, (name,)) for name in wanted))


def _joined(*lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))
