"""Standards as data: their clauses, what they want in writing, and what does not apply."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from qms_docs.words.findings import Place

Names = Mapping[str, str]
"""Language tag → words."""


class State(StrEnum):
    """What the manual does with a standard."""

    IN_USE = "in-use"
    """The system is built on it: every clause is addressed, or excluded with a reason."""
    SUPPORTING = "supporting"
    """It is used for practice: what no document addresses is listed, and that is all."""
    TO_VERIFY = "to-verify"
    """A next edition that nobody has read yet: it is listed what would have to be looked at."""


@dataclass(frozen=True)
class Clause:
    """A clause, with a title in our own words."""

    number: str
    title: Names
    documented: str
    """What it wants in writing: `none`, `maintain`, `retain`, `both`, or `conditional`."""
    place: Place


@dataclass(frozen=True)
class Demand:
    """Documented information that a clause demands, and where this manual has it."""

    clause: str
    kind: str
    """`maintain` (a document), `retain` (a record) or `both`."""
    what: Names
    where: tuple[str, ...]
    """Identifications of documents and forms."""
    place: Place
    places: tuple[Place, ...]
    """Where each of them is named."""


@dataclass(frozen=True)
class Exclusion:
    """A clause that does not apply, with the reason (ISO 9001:2015, 4.3)."""

    clause: str
    reason: Names
    place: Place


@dataclass(frozen=True)
class Change:
    """What an edition has that the one before has not."""

    clause: str
    before: tuple[str, ...]
    """Clauses of the edition before from which it comes; empty for a new one."""
    what: Names
    place: Place


@dataclass(frozen=True)
class Standard:
    """One edition of a standard."""

    key: str
    """As the front matter names it, for example `iso9001-2015`: the name of its file."""
    title: Names
    state: State
    external: str
    """Its entry among the external documents."""
    note: Names
    clauses: Mapping[str, Clause]
    """By number, in order; of a next edition only those that it has anew or changed."""
    demands: tuple[Demand, ...]
    exclusions: tuple[Exclusion, ...]
    follows: str | None
    """The edition before; what is not among the changes is kept from it."""
    changes: tuple[Change, ...]
    places: Mapping[str, Place]
    """Where each field stands."""

    @cached_property
    def leaves(self) -> tuple[Clause, ...]:
        """Clauses below which there are no others: only these can be addressed."""
        above = {number.rpartition(".")[0] for number in self.clauses}
        return tuple(clause for clause in self.clauses.values() if clause.number not in above)

    @cached_property
    def excluded(self) -> Mapping[str, Exclusion]:
        """Exclusions by clause, also for the clauses below an excluded one."""
        return {
            number: exclusion
            for exclusion in self.exclusions
            for number in self.clauses
            if number == exclusion.clause or number.startswith(f"{exclusion.clause}.")
        }

    def demands_of(self, number: str) -> Iterator[Demand]:
        """Yield what a clause wants in writing."""
        return (demand for demand in self.demands if demand.clause == number)
