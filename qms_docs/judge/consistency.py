"""A policy that contradicts itself: what each field allows, but all of them together do not."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from qms_docs.words.findings import Finding, Place
from qms_docs.words.policy import DocumentType, Policy

CODE = "QMS116"
Places = Mapping[tuple[str | int, ...], Place]


def check(policy: Policy, places: Places) -> Iterator[Finding]:
    """Yield what a policy says against itself, at the lines of `places` (path of keys → place)."""
    yield from _languages(policy, places)
    yield from _codes(policy, places)
    yield from _classifications(policy, places)
    yield from _processes(policy, places)
    try:
        ZoneInfo(policy.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Finding(CODE, places["time_zone",], "zone", {"zone": policy.time_zone})
    if "role" not in policy.types:
        yield Finding(CODE, places["types",], "no-role")
    for key, kind in policy.types.items():
        yield from _parent(policy, kind, places["types", key])
        yield from _roles(policy, kind, places)
        yield from _tables(policy, kind, places)


def _languages(policy: Policy, places: Places) -> Iterator[Finding]:
    if policy.master in policy.translations:
        number = policy.translations.index(policy.master)
        place = places["languages", "translations", number]
        yield Finding(CODE, place, "master", {"language": policy.master})
    for key, names in _names(policy):
        if policy.master not in names:
            values = {"language": policy.master, "field": ".".join(map(str, key))}
            yield Finding(CODE, places[key], "nameless", values)
        for language in names:
            if language not in policy.languages:
                values = {"language": language, "known": ", ".join(policy.languages)}
                yield Finding(CODE, places[(*key, language)], "language", values)


def _names(policy: Policy) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, str]]]:
    yield ("organisation",), policy.organisation
    for key, names in policy.classifications.items():
        yield ("classifications", key), names
    for key, kind in policy.types.items():
        yield ("types", key, "name"), kind.name
        for number, section in enumerate(kind.sections):
            yield ("types", key, "sections", number), section.name
    for number, group in enumerate(policy.processes):
        yield ("processes", number, "name"), group.name
    for key, columns in policy.tables.items():
        for column, names in columns.items():
            yield ("tables", key, column), names
    for number, names in enumerate(policy.parties):
        yield ("parties", number), names
    for key, many in policy.collectives.items():
        for number, names in enumerate(many):
            yield ("collectives", key, number), names


def _classifications(policy: Policy, places: Places) -> Iterator[Finding]:
    """Name a classification that is none, in what says who reads and what is attached."""
    known = ", ".join(policy.classifications)
    for key, named in policy.publications.items():
        for number, name in enumerate(named):
            if name not in policy.classifications:
                place = places["publications", key, number]
                yield Finding(CODE, place, "classification", {"value": name, "known": known})
    for name in policy.attachments:
        if name not in policy.classifications:
            place = places["attachments", name]
            yield Finding(CODE, place, "classification", {"value": name, "known": known})


def _processes(policy: Policy, places: Places) -> Iterator[Finding]:
    """Name a process that has two places on the process map."""
    seen: set[str] = set()
    for number, group in enumerate(policy.processes):
        for position, name in enumerate(group.documents):
            if name in seen:
                place = places["processes", number, "documents", position]
                yield Finding(CODE, place, "process", {"id": name})
            seen.add(name)


def _codes(policy: Policy, places: Places) -> Iterator[Finding]:
    used: dict[str, str] = {}
    named = [(("types", key, "code"), kind.code) for key, kind in policy.types.items()]
    named += [
        (("registers", each.key, "code"), each.code)
        for each in policy.registers
        if each.key not in policy.template_registers
    ]
    for key, code in named:
        other = used.setdefault(code, ".".join(key[:2]))
        if other != ".".join(key[:2]):
            yield Finding(CODE, places[key], "code", {"code": code, "other": other})


def _parent(policy: Policy, kind: DocumentType, place: Place) -> Iterator[Finding]:
    """Name a parent type that is none; one that is numbered under another has too long a number."""
    if kind.numbered_under is None:
        return
    plain = [key for key, other in policy.types.items() if other.numbered_under is None]
    if kind.numbered_under not in plain:
        values = {"type": kind.key, "under": kind.numbered_under, "known": ", ".join(plain) or "–"}
        yield Finding(CODE, place, "parent", values)


def _tables(policy: Policy, kind: DocumentType, places: Places) -> Iterator[Finding]:
    """Name a kind of table that a section demands and whose headings are not said."""
    for number, section in enumerate(kind.sections):
        for position, name in enumerate(section.tables):
            if name not in policy.tables:
                place = places["types", kind.key, "sections", number, "tables", position]
                yield Finding(CODE, place, "table", {"kind": name, "type": kind.key})


def _roles(policy: Policy, kind: DocumentType, places: Places) -> Iterator[Finding]:
    role = policy.types.get("role")
    if role is None:
        return
    key = ("types", kind.key, "responsible")
    named: list[tuple[tuple[str | int, ...], str]] = [((*key, "owner"), kind.responsible.owner)]
    for field in ("reviewers", "approvers"):
        names = getattr(kind.responsible, field)
        named += [((*key, field, number), name) for number, name in enumerate(names)]
    for place, name in named:
        if not policy.identifies(role, name):
            values = {"role": name, "example": f"{policy.prefix}-{role.code}-01"}
            yield Finding(CODE, places[place], "role", values)
