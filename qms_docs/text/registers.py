"""Register files: entries out of YAML that has passed the schema of its register."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from qms_docs.text.yamltext import YamlText
from qms_docs.words.policy import RegisterFile
from qms_docs.words.registers import External, Form, Objective, Period, RegisterEntry, Target

Fields = Mapping[str, Any]


def entries_of(register: RegisterFile, yaml: YamlText) -> Iterator[RegisterEntry]:
    """Yield the entries of a register file that follows its schema."""
    assert isinstance(yaml.value, dict)
    make = _MAKERS.get(register.schema, RegisterEntry)
    special = _SPECIAL.get(register.schema, _nothing)
    for index, entry in enumerate(yaml.value["entries"]):
        key = ("entries", index)
        yield make(
            id=entry["id"],
            register=register.key,
            title=entry["title"],
            owner=entry["owner"],
            clauses={name: tuple(numbers) for name, numbers in entry.get("clauses", {}).items()},
            place=yaml.places[*key, "id"],
            places={name: yaml.places[*key, name] for name in entry},
            **special(entry),
        )


def _nothing(_: Fields) -> Fields:
    return {}


def _form(entry: Fields) -> Fields:
    return {name: entry[name] for name in ("store", "where", "retention_months")}


def _external(entry: Fields) -> Fields:
    return {
        "edition": entry["edition"],
        "check_months": entry["check_months"],
        "checked": date.fromisoformat(entry["checked"]),
        "status": entry["status"],
        "note": entry.get("note", {}),
    }


def _objective(entry: Fields) -> Fields:
    comparator, number = entry["target"].split()
    return {
        "parent": entry.get("parent"),
        "policy": entry.get("policy"),
        "measure": entry["measure"],
        "target": Target(comparator, number, entry.get("unit", {})),
        "period": Period(entry["period"]),
        "source": entry["source"],
    }


_MAKERS: Mapping[str, type[RegisterEntry]] = {
    "forms": Form,
    "external": External,
    "objectives": Objective,
}
_SPECIAL: Mapping[str, Callable[[Fields], Fields]] = {
    "forms": _form,
    "external": _external,
    "objectives": _objective,
}
