"""Files of standards: values out of YAML that has passed `standards.schema.json`."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from qms_docs.text.yamltext import Key, YamlText
from qms_docs.words.findings import Place
from qms_docs.words.standards import Change, Clause, Demand, Exclusion, Standard, State

FOLDER = "manual/standards"
Fields = Mapping[str, Any]


def is_standard(path: str) -> bool:
    """Tell whether a path is that of a standard."""
    return posixpath.dirname(path) == FOLDER and path.endswith(".yaml")


def standard_of(path: str, yaml: YamlText) -> Standard:
    """Return the standard of a file that follows its schema."""
    fields = yaml.value
    assert isinstance(fields, dict)
    return Standard(
        key=posixpath.basename(path).removesuffix(".yaml"),
        title=fields["title"],
        state=State(fields["state"]),
        external=fields["external"],
        note=fields.get("note", {}),
        clauses={str(number): clause for number, clause in _clauses(fields, yaml.places)},
        demands=tuple(_demands(fields, yaml.places)),
        exclusions=tuple(
            Exclusion(each["clause"], each["reason"], yaml.places["excluded", index, "clause"])
            for index, each in enumerate(fields.get("excluded", ()))
        ),
        follows=fields.get("follows"),
        changes=tuple(
            Change(
                each["clause"],
                tuple(each["before"]),
                each["what"],
                yaml.places["changes", index, "clause"],
            )
            for index, each in enumerate(fields.get("changes", ()))
        ),
        places={name: yaml.places[(name,)] for name in fields},
    )


def _clauses(fields: Fields, places: Mapping[Key, Place]) -> Iterator[tuple[str, Clause]]:
    for number, clause in fields["clauses"].items():
        place = places["clauses", number]
        yield number, Clause(number, clause["title"], clause.get("documented", "none"), place)


def _demands(fields: Fields, places: Mapping[Key, Place]) -> Iterator[Demand]:
    for index, each in enumerate(fields.get("documented", ())):
        key = ("documented", index)
        yield Demand(
            clause=each["clause"],
            kind=each["kind"],
            what=each["what"],
            where=tuple(each["where"]),
            place=places[*key, "clause"],
            places=tuple(places[*key, "where", number] for number in range(len(each["where"]))),
        )
