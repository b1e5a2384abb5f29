"""What is known of something that is no document: an entry, a value, a clause, a system."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qms_docs.judge import clauses, listing, register, reviews, usage
from qms_docs.text.messages import label
from qms_docs.words.findings import Place
from qms_docs.words.manual import Manual
from qms_docs.words.parameters import Parameter
from qms_docs.words.registers import External, Form, Objective, RegisterEntry
from qms_docs.words.standards import Clause, Standard

Facts = Mapping[str, str]
"""Key of a label → words; empty ones are not shown."""


@dataclass(frozen=True)
class Subject:
    """Something with a name, its facts, and the places that refer to it."""

    name: str
    title: str
    facts: Facts
    place: Place
    """Where it is defined."""
    used_at: tuple[Place, ...]


def of(manual: Manual, name: str, language: str) -> Subject | None:
    """Return what is known under a name; None if there is nothing of it.

    A name is an identification, the name of a parameter, the key of a system, or a clause: its
    number, or `iso9001-2015:7.5.3.2` where several standards have one.
    """
    entry = next((each for each in manual.entries if each.id == name), None)
    if entry is not None:
        return _entry(manual, entry, language)
    if parameter := (manual.parameters or {}).get(name):
        return _parameter(manual, parameter, language)
    if system := next((each for each in manual.systems or () if each.key == name), None):
        proof = ", ".join(each.name for each in system.evidence)
        title = manual.policy.in_language(system.title, language)
        return Subject(name, title, {"evidence": proof}, system.place, ())
    found = _found_clause(manual, name)
    return _clause(manual, *found, language) if found else None


def _entry(manual: Manual, entry: RegisterEntry, language: str) -> Subject:
    used = [
        *usage.of_identifications(manual).get(entry.id, ()),
        *_in_data(manual).get(entry.id, ()),
    ]
    return Subject(
        name=entry.id,
        title=manual.policy.in_language(entry.title, language),
        facts={
            "owner": register.role_name(manual, entry.owner, language),
            **_special(manual, entry, language),
            "clauses": "; ".join(
                f"{key}: {', '.join(each)}" for key, each in entry.clauses.items()
            ),
        },
        place=entry.place,
        used_at=tuple(sorted(set(used))),
    )


def _special(manual: Manual, entry: RegisterEntry, language: str) -> Facts:
    names = manual.policy.in_language
    match entry:
        case Form():
            return kept(manual, entry, language)
        case External():
            due = reviews.after_months(entry.checked, entry.check_months)
            return {
                "edition": entry.edition,
                "seen": label(f"external-{entry.status}", language),
                "checked": entry.checked.isoformat(),
                "check-due": due.isoformat(),
                "note": names(entry.note, language) if entry.note else "",
            }
        case Objective():
            parts = [each.id for each in manual.objectives.values() if each.parent == entry.id]
            return {
                "part-of": entry.parent or label("policy-line", language, number=entry.policy),
                "measure": names(entry.measure, language),
                "target": entry.target.written(language),
                "period": label(f"period-{entry.period}", language),
                "source": listing.named(manual, entry.source, language),
                "split-into": ", ".join(parts),
            }
        case _:
            return {}


def kept(manual: Manual, form: Form, language: str) -> Facts:
    """Return how the record of a form is kept."""
    return {
        "store": label(f"store-{form.store}", language),
        "kept-where": manual.policy.in_language(form.where, language),
        "retention": label("months", language, count=form.retention_months),
    }


def _parameter(manual: Manual, parameter: Parameter, language: str) -> Subject:
    return Subject(
        name=parameter.name,
        title=manual.policy.in_language(parameter.title, language),
        facts={
            "value": parameter.quoted(language) or parameter.quoted(manual.policy.master) or "",
            "owner": register.role_name(manual, parameter.owner, language),
            "source": parameter.source,
        },
        place=parameter.place,
        used_at=tuple(sorted(usage.of_parameters(manual).get(parameter.name, ()))),
    )


def _found_clause(manual: Manual, name: str) -> tuple[Standard, Clause] | None:
    key, _, number = name.rpartition(":")
    for standard in (manual.standards or {}).values():
        clause = standard.clauses.get(number)
        if clause and key in ("", standard.key):
            return standard, clause
    return None


def _clause(manual: Manual, standard: Standard, clause: Clause, language: str) -> Subject:
    documents = clauses.addressed(manual, standard.key).get(clause.number, ())
    exclusion = standard.excluded.get(clause.number)
    held = dict.fromkeys(
        name for demand in standard.demands_of(clause.number) for name in demand.where
    )
    demanded = clause.documented
    return Subject(
        name=f"{standard.key}:{clause.number}",
        title=manual.policy.in_language(clause.title, language),
        facts={
            "demanded": "" if demanded == "none" else label(f"documented-{demanded}", language),
            "held-in": ", ".join(listing.named(manual, name, language) for name in held),
            "addressed-in": ", ".join(
                listing.named(manual, document.id, language) for document in documents
            ),
            "clause-state": label(
                "clause-excluded",
                language,
                reason=manual.policy.in_language(exclusion.reason, language),
            )
            if exclusion
            else "",
        },
        place=clause.place,
        used_at=tuple(document.source.place("clauses", standard.key) for document in documents),
    )


def _in_data(manual: Manual) -> Mapping[str, Sequence[Place]]:
    """Return identification → where registers, standards and systems name it."""
    used: dict[str, list[Place]] = defaultdict(list)
    for identification, place in _named_in_data(manual):
        used[identification].append(place)
    return used


def _named_in_data(manual: Manual) -> Iterator[tuple[str, Place]]:
    for objective in manual.objectives.values():
        yield objective.source, objective.places["source"]
        if objective.parent:
            yield objective.parent, objective.places["parent"]
    for standard in (manual.standards or {}).values():
        yield standard.external, standard.places["external"]
        for demand in standard.demands:
            yield from zip(demand.where, demand.places, strict=True)
    for system in manual.systems or ():
        for evidence in system.evidence:
            yield evidence.identification, evidence.place
