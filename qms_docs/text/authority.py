"""`manual/authority.yaml`: what follows its schema, as values."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from qms_docs.text import sshsig
from qms_docs.text.yamltext import YamlText
from qms_docs.words.authority import (
    Authority,
    Delegation,
    Demand,
    Key,
    Person,
    Span,
    Tenure,
)
from qms_docs.words.evidence import Grade
from qms_docs.words.findings import Finding

PATH = "manual/authority.yaml"
CODE = "QMS117"


def authority_of(yaml: YamlText, zone: tzinfo) -> Authority:
    """Return the authority in a file that follows its schema; days are days of `zone`."""
    fields = _mapping(yaml.value)
    return Authority(
        people={key: _person(key, each, zone) for key, each in fields["people"].items()},
        issuers=tuple(fields["issuers"]),
        demands=tuple(map(_demand, fields["requirements"])),
        delegations=tuple(
            Delegation(each["role"], each["giver"], each["taker"], _span(each, zone))
            for each in fields.get("delegations", ())
        ),
        importers=tuple(fields.get("importers", ())),
        repositories={
            forge: tuple(numbers) for forge, numbers in fields.get("repositories", {}).items()
        },
        hosts=dict(fields.get("hosts", {})),
    )


def problems(yaml: YamlText) -> Iterator[Finding]:
    """Yield what contradicts itself in a file that follows its schema.

    One key, address or account that two people have would make one of them speak for the other.
    """
    fields = _mapping(yaml.value)
    seen: dict[str, str] = {}
    for person, each in fields["people"].items():
        for number, key in enumerate(each.get("keys", ())):
            case, whose = _key_problem(key["key"], person, seen)
            if case:
                place = yaml.places["people", person, "keys", number]
                yield Finding(CODE, place, case, {"person": whose})
        for number, email in enumerate(each.get("emails", ())):
            if seen.setdefault(email.lower(), person) != person:
                place = yaml.places["people", person, "emails", number]
                yield Finding(CODE, place, "shared-email", {"person": seen[email.lower()]})
    yield from _shared_accounts(yaml, fields["people"])
    for number, each in enumerate(fields.get("delegations", ())):
        for who in ("giver", "taker"):
            if each[who] not in fields["people"]:
                place = yaml.places["delegations", number, who]
                yield Finding(CODE, place, "unknown", {"person": each[who]})


def _shared_accounts(yaml: YamlText, people: Mapping[str, Any]) -> Iterator[Finding]:
    owners: dict[tuple[str, int], str] = {}
    for person, each in people.items():
        for forge, accounts in each.get("accounts", {}).items():
            for number, account in enumerate(accounts):
                owner = owners.setdefault((forge, account), person)
                if owner != person:
                    place = yaml.places["people", person, "accounts", forge, number]
                    yield Finding(CODE, place, "shared-account", {"person": owner})


def _key_problem(written: str, person: str, seen: dict[str, str]) -> tuple[str, str]:
    """Return what is wrong with a key, if anything, and with whose; `seen` remembers it."""
    line = sshsig.key_line(written)
    if line is None:
        return "key", person
    if written.split()[:2] != line.split():  # options, as in authorized_keys: nobody obeys them
        return "key-options", person
    owner = seen.setdefault(line, person)
    return ("shared-key" if owner != person else ""), owner


def _person(key: str, fields: Mapping[str, Any], zone: tzinfo) -> Person:
    name = fields["name"]
    return Person(
        key=key,
        name=name if isinstance(name, dict) else {"": name},
        keys=tuple(
            Key(sshsig.key_line(each["key"]) or "", _span(each, zone))
            for each in fields.get("keys", ())
        ),
        emails=tuple(email.lower() for email in fields.get("emails", ())),
        accounts={forge: tuple(ids) for forge, ids in fields.get("accounts", {}).items()},
        tenures=tuple(Tenure(each["role"], _span(each, zone)) for each in fields.get("roles", ())),
    )


def _demand(fields: Mapping[str, Any]) -> Demand:
    return Demand(
        types=frozenset(fields["types"]),
        classes=frozenset(fields["classes"]),
        reviewed=tuple(fields.get("reviewed", ())),
        approved=tuple(fields["approved"]),
        quorum=fields.get("quorum", 1),
        ordered=fields.get("ordered", True),
        languages=tuple(fields.get("languages", ())),
        grades=frozenset(Grade(each) for each in fields.get("grades", Grade)),
        ratified=tuple(fields.get("ratified", ())),
        ratify_days=fields.get("ratify_days", 0),
    )


def _span(fields: Mapping[str, Any], zone: tzinfo) -> Span:
    """Return a span of whole days, the last one included."""
    end = fields.get("to")
    day = timedelta(days=1)
    return Span(_midnight(fields["from"], zone), _midnight(end, zone, day) if end else None)


def _midnight(day: str, zone: tzinfo, later: timedelta = timedelta()) -> datetime:
    return datetime.combine(date.fromisoformat(day) + later, time(), zone)


def _mapping(value: object) -> Mapping[str, Any]:
    assert isinstance(value, dict)
    return value
