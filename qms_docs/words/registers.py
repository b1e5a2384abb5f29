"""Entries of registers: what documents refer to by identification beside one another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from qms_docs.words.findings import Place
from qms_docs.words.parameters import joined


@dataclass(frozen=True, kw_only=True)
class RegisterEntry:
    """A line of a register file."""

    id: str
    register: str
    """Key of the register in the policy, for example `form`."""
    title: Mapping[str, str]
    owner: str
    clauses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Standard → clauses that it helps to fulfil."""
    place: Place
    places: Mapping[str, Place]
    """Where each field of the entry stands."""


@dataclass(frozen=True, kw_only=True)
class Form(RegisterEntry):
    """A form and the record that it becomes (ISO 9001:2015, 7.5.3.2)."""

    store: str
    """`git`, `register` (made by qms) or `external`."""
    where: Mapping[str, str]
    """Language tag → where the record is kept."""
    retention_months: int


@dataclass(frozen=True, kw_only=True)
class External(RegisterEntry):
    """A law, rule or standard with the edition in use (ISO 9001:2015, 7.5.3.2)."""

    edition: str
    check_months: int
    """How often somebody looks whether there is a newer edition."""
    checked: date
    """When somebody looked last."""
    status: str
    """`verified` or `to-verify`."""
    note: Mapping[str, str]

    @property
    def is_verified(self) -> bool:
        """Tell whether a source for this edition was seen."""
        return self.status == "verified"


class Period(StrEnum):
    """For how long a result of an objective stands."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Target:
    """What a result is compared with."""

    comparator: str
    """`>=`, `<=` or `=`."""
    number: str
    """As typed, `99.9`."""
    unit: Mapping[str, str]
    """Language tag → unit; empty where things are counted."""

    def is_met(self, result: Decimal) -> bool:
        """Tell whether a result reaches the target."""
        target = Decimal(self.number)
        match self.comparator:
            case ">=":
                return result >= target
            case "<=":
                return result <= target
            case _:
                return result == target

    def amount(self, number: str, language: str) -> str:
        """Return a number with the unit of the target, as a text of a language writes it."""
        return joined(number, self.unit.get(language, ""), language)

    def written(self, language: str) -> str:
        """Return the target as a text of a language writes it: `≥ 80 %`, `100 %`, `0`."""
        sign = {">=": "\u2265", "<=": "\u2264"}.get(self.comparator, "")
        return joined(sign, self.amount(self.number, language), language)


@dataclass(frozen=True, kw_only=True)
class Objective(RegisterEntry):
    """A quality objective that can be measured (ISO 9001:2015, 6.2.1)."""

    parent: str | None
    """The objective of which this one is a part; None for an objective of the centre."""
    policy: int | None
    """The line of the quality policy that an objective of the centre serves."""
    measure: Mapping[str, str]
    """Language tag → the formula: what counts, divided by what."""
    target: Target
    period: Period
    source: str
    """The form in whose record anybody can see the figure."""
