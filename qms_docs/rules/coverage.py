"""7xx: every clause is addressed, or excluded with a reason (ISO 9001:2015, 4.3 and 4.4)."""

from collections.abc import Iterable, Iterator

from qms_docs.judge import clauses
from qms_docs.rules.registry import rule
from qms_docs.words.findings import Finding, Place
from qms_docs.words.manual import Manual
from qms_docs.words.standards import Standard, State

_PARTS = {"maintain": ("maintain",), "retain": ("retain",), "both": ("maintain", "retain")}


@rule("QMS701", "unknown-clause", basis="ISO 9001:2015 4.4", requires=("QMS104",))
def unknown_clause(manual: Manual) -> Iterator[Finding]:
    """A clause is named that its standard does not have.

    Why:
        A matrix of clauses is worth as much as its numbers. A clause that does not exist is
        addressed by nobody, and an auditor who looks it up stops trusting the rest. A manual
        without files in manual/standards/ has no catalogue to compare with.
    Bad:
        clauses: {iso9001-2015: [7.5.4]}
    Good:
        clauses: {iso9001-2015: [7.5.3.2]}
    """
    if not manual.standards:
        return
    numbers = {key: clauses.catalogue(manual, each) for key, each in manual.standards.items()}
    for place, standard, number in _named(manual):
        if standard not in numbers:
            values = {"standard": standard, "known": ", ".join(manual.standards)}
            yield Finding("QMS701", place, "standard", values)
        elif number and number not in numbers[standard]:
            values = {"clause": number, "standard": standard}
            yield Finding("QMS701", place, "clause", values)


@rule("QMS702", "clause-not-addressed", basis="ISO 9001:2015 4.4", requires=("QMS701",))
def not_addressed(manual: Manual) -> Iterator[Finding]:
    """A clause of a standard in use is addressed by no document and not excluded.

    Why:
        What no document addresses is nobody's work, however good the others are. Only a clause
        without clauses below it can be addressed, and only by its own number: who names 7.5.3.1
        has said nothing about 7.5.3.2.
    Bad:
        7.5.3.2 in manual/standards/iso9001-2015.yaml, and in no front matter
    Good:
        clauses: {iso9001-2015: [7.5.3.2]}       (in a document that says how)
    """
    if len(manual.documents) < len(manual.sources):
        return  # a text whose front matter is not in order may address it
    for standard in _in_use(manual):
        for clause in clauses.open_clauses(manual, standard):
            values = {"clause": clause.number, "standard": standard.key}
            yield Finding("QMS702", clause.place, values=values)


@rule("QMS703", "excluded-and-addressed", basis="ISO 9001:2015 4.3", requires=("QMS701",))
def excluded_and_addressed(manual: Manual) -> Iterator[Finding]:
    """A clause is excluded, and a document addresses it.

    Why:
        One of the two is wrong: a requirement that does not apply needs no rule, and one with a
        rule applies.
    Bad:
        excluded: [{clause: 7.1.5.2, …}]   and   clauses: {iso9001-2015: [7.1.5.2]}
    Good:
        excluded: [{clause: 7.1.5.2, …}]   and no document that names it
    """
    for standard in _in_use(manual):
        there = clauses.addressed(manual, standard.key)
        for number, exclusion in standard.excluded.items():
            for document in there.get(number, ()):
                values = {"clause": number, "standard": standard.key, "id": document.id}
                yield Finding("QMS703", exclusion.place, values=values)


@rule("QMS704", "demanded-information", basis="ISO 9001:2015 7.5.1", requires=("QMS701",))
def demanded_information(manual: Manual) -> Iterator[Finding]:
    """A clause demands documented information, and the manual does not have it.

    Why:
        A standard wants few things in writing; these an auditor asks for first. For each clause it
        is said where that is, and what is named there exists.
    Bad:
        - {clause: 9.2.2, kind: retain, what: …, where: [CSC-FM-99-01]}
    Good:
        - {clause: 9.2.2, kind: retain, what: …, where: [CSC-FM-17-01]}
    """
    for standard in _in_use(manual):
        for demand in standard.demands:
            for identification, place in zip(demand.where, demand.places, strict=True):
                if identification not in manual.identifications:
                    values = {"id": identification, "clause": demand.clause}
                    yield Finding("QMS704", place, "missing", values)
        for clause in standard.leaves:
            kinds = {demand.kind for demand in standard.demands_of(clause.number)}
            if clause.number not in standard.excluded and _lacks(clause.documented, kinds):
                values = {"clause": clause.number, "kind": clause.documented}
                yield Finding("QMS704", clause.place, "unlisted", values)


def _lacks(wanted: str, listed: Iterable[str]) -> bool:
    """Tell whether documented information of a kind is wanted and not listed."""
    there = {part for kind in listed for part in _PARTS[kind]}
    return not set(_PARTS.get(wanted, ())) <= there


def _in_use(manual: Manual) -> Iterator[Standard]:
    for standard in (manual.standards or {}).values():
        if standard.state is State.IN_USE:
            yield standard


def _named(manual: Manual) -> Iterator[tuple[Place, str, str]]:
    """Yield every clause that is named anywhere: place, standard, number (empty: the standard)."""
    for document in manual.documents:
        place = document.source.place
        for standard, numbers in document.control.clauses.items() if document.is_master else ():
            for index, number in enumerate(numbers):
                yield place("clauses", standard, index), standard, number
    for entry in manual.entries:
        for standard, numbers in entry.clauses.items():
            for number in numbers:
                yield entry.places["clauses"], standard, number
    for edition in (manual.standards or {}).values():
        yield from _named_by(edition)


def _named_by(standard: Standard) -> Iterator[tuple[Place, str, str]]:
    if standard.follows:
        yield standard.places["follows"], standard.follows, ""
    for demand in standard.demands:
        yield demand.place, standard.key, demand.clause
    for exclusion in standard.exclusions:
        yield exclusion.place, standard.key, exclusion.clause
    for change in standard.changes:
        yield change.place, standard.key, change.clause
        for number in change.before:
            yield change.place, standard.follows or standard.key, number


RULES = (unknown_clause, not_addressed, excluded_and_addressed, demanded_information)
