"""Who may say what: `manual/authority.yaml` as values (ISO 9001:2015, 5.3)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from qms_docs.words.evidence import Grade

_HIDDEN = re.compile(r"(\d{1,16})\+[^@]+@users\.noreply\.[^@]+")
"""An address by which GitHub names an account in commits, whose owner hides their own."""


@dataclass(frozen=True)
class Span:
    """From an instant until before another; open where there is none."""

    begin: datetime
    end: datetime | None = None

    def holds(self, instant: datetime) -> bool:
        """Tell whether an instant lies in it."""
        return self.begin <= instant and (self.end is None or instant < self.end)


@dataclass(frozen=True)
class Key:
    """A person's public key and when it is valid."""

    line: str
    """Type and base64."""
    span: Span


@dataclass(frozen=True)
class Tenure:
    """A role that a person holds."""

    role: str
    span: Span


@dataclass(frozen=True)
class Person:
    """A person who can give evidence."""

    key: str
    """As the file names the person, for example `demo-wei-lan`."""
    name: Mapping[str, str]
    """Language tag → name; the tag is empty where all languages write the same."""
    keys: tuple[Key, ...] = ()
    emails: tuple[str, ...] = ()
    """Addresses that Git knows the person by, in lower case: they can only disqualify."""
    accounts: Mapping[str, tuple[int, ...]] | None = None
    """Forge → numbers of the person's accounts there."""
    tenures: tuple[Tenure, ...] = ()

    def holds(self, role: str, instant: datetime) -> bool:
        """Tell whether the person holds a role at an instant."""
        return any(each.role == role and each.span.holds(instant) for each in self.tenures)

    def on(self, forge: str) -> tuple[int, ...]:
        """Return the numbers of the person's accounts on a forge."""
        return (self.accounts or {}).get(forge, ())

    def has_key(self, line: str, instant: datetime) -> bool:
        """Tell whether a key is the person's and valid at an instant."""
        return any(each.line == line and each.span.holds(instant) for each in self.keys)


@dataclass(frozen=True)
class Delegation:
    """One role that one person hands to another for a time."""

    role: str
    giver: str
    taker: str
    span: Span


@dataclass(frozen=True)
class Demand:
    """What a type of document needs in a class of change, as the authority says it.

    A role is an identification, or `owner`, `reviewers`, `approvers`: what the document states.
    """

    types: frozenset[str]
    classes: frozenset[str]
    reviewed: tuple[str, ...]
    approved: tuple[str, ...]
    quorum: int = 1
    """How many persons must approve, at least."""
    ordered: bool = True
    """Reviewed before approved."""
    languages: tuple[str, ...] = ()
    """Languages in which the text must be released."""
    grades: frozenset[Grade] = frozenset(Grade)
    ratified: tuple[str, ...] = ()
    """Roles that must reaffirm the document afterwards."""
    ratify_days: int = 0


@dataclass(frozen=True)
class Authority:
    """Everything that `manual/authority.yaml` says."""

    people: Mapping[str, Person]
    issuers: tuple[str, ...]
    """Roles that may release."""
    demands: tuple[Demand, ...]
    delegations: tuple[Delegation, ...] = ()
    importers: tuple[str, ...] = ()
    """Roles that may import the reviews of pull requests."""
    repositories: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Forge → numbers of the repositories whose pull requests count."""
    hosts: Mapping[str, str] = field(default_factory=dict)
    """Forge → host that counts them: every installation counts from 1."""

    def counts(self, forge: str, host: str, repository: int) -> bool:
        """Tell whether pull requests of a repository count; it goes by its number, not its name."""
        is_named = repository in self.repositories.get(forge, ())
        return is_named and host == self.hosts.get(forge, "")

    def demand(self, type_: str, grade: str) -> Demand | None:
        """Return what a type needs in a class of change; None where nothing is said."""
        fitting = (each for each in self.demands if type_ in each.types and grade in each.classes)
        return next(fitting, None)

    def delegated(self, role: str, giver: str, taker: str, instant: datetime) -> bool:
        """Tell whether a person acts for another in a role at an instant; never through a third."""
        holder = self.people.get(giver)
        return bool(holder and holder.holds(role, instant)) and any(
            (each.role, each.giver, each.taker) == (role, giver, taker) and each.span.holds(instant)
            for each in self.delegations
        )

    def holder(self, forge: str, account: int) -> Person | None:
        """Return whose account on a forge has a number; None if it is nobody's."""
        return self._by_account.get((forge, account))

    @cached_property
    def _by_account(self) -> Mapping[tuple[str, int], Person]:
        return {
            (forge, number): person
            for person in self.people.values()
            for forge, numbers in (person.accounts or {}).items()
            for number in numbers
        }

    @cached_property
    def _by_email(self) -> Mapping[str, str]:
        return {email: each.key for each in self.people.values() for email in each.emails}

    def people_of(self, emails: tuple[str, ...]) -> Iterator[str]:
        """Yield the persons whom Git names by these addresses, their own or GitHub's for them."""
        for email in emails:
            address = email.strip().lower()
            person, hidden = self._by_email.get(address), _HIDDEN.fullmatch(address)
            owner = self.holder("github", int(hidden[1])) if hidden else None
            if person or owner:
                yield person or (owner.key if owner else "")
