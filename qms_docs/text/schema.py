"""Validate read YAML against the JSON Schemas that editors use too: all errors, with places."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

from qms_docs.text import lookalikes
from qms_docs.text.yamltext import Key
from qms_docs.words.findings import Finding, Place

_MISSING, _UNKNOWN, _VALUE = "QMS102", "QMS103", "QMS104"
# Words of the schema language → the case of the finding's sentence.
_CASES = {
    "type": "type",
    "enum": "enum",
    "const": "enum",
    "pattern": "pattern",
    "format": "format",
    "minimum": "minimum",
    "maximum": "maximum",
    "minItems": "empty",
    "minLength": "empty",
    "maxLength": "long",
    "minProperties": "empty",
    "uniqueItems": "repeated",
}


@cache
def _schema(name: str) -> Any:
    text = files("qms_docs").joinpath("data", "schemas", f"{name}.schema.json").read_text("utf-8")
    return json.loads(text)


@cache
def _validator(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(_schema(name), validate_formats=True)


def validate(name: str, value: object, path: str, places: Mapping[Key, Place]) -> Iterator[Finding]:
    """Yield a finding for every departure from the schema `name`.

    `places` says where each key stands in the file at `path`; a missing field is reported where
    the mapping that lacks it starts.
    """
    for error in _validator(name).iter_errors(value):
        yield from _findings(error, _example(_schema(name), error), path, places)


def _findings(
    error: jsonschema_rs.ValidationError, example: str, path: str, places: Mapping[Key, Place]
) -> Iterator[Finding]:
    key = tuple(error.instance_path)
    word, fact = error.kind.name, error.kind.value
    if word == "required":
        place = _place(path, places, key)
        yield Finding(_MISSING, place, values={"field": _dotted((*key, str(fact)))})
    elif word in ("additionalProperties", "unevaluatedProperties"):
        for extra in fact:
            place = _place(path, places, (*key, extra))
            yield Finding(_UNKNOWN, place, values={"field": _dotted((*key, extra))})
    elif word == "propertyNames":
        named = (*key, fact.instance)
        yield Finding(_UNKNOWN, _place(path, places, named), values={"field": _dotted(named)})
    elif word == "pattern" and lookalikes.is_one(error.instance):
        values = {"field": _dotted(key), **lookalikes.values(str(error.instance))}
        yield Finding(_VALUE, _place(path, places, key), "lookalike", values)
    else:
        values = {
            "field": _dotted(key) or path,
            "value": _short(error.instance),
            "expected": _expected(word, fact) or example,
            "example": example,
        }
        yield Finding(_VALUE, _place(path, places, key), _CASES.get(word, ""), values)


def _expected(word: str, fact: Any) -> str:
    """Name the values or the limit that the schema sets; empty where only an example helps."""
    match word:
        case "enum":
            return ", ".join(str(option) for option in fact)
        case "const" | "minimum" | "maximum" | "maxLength":
            return str(fact)
        case "type":
            return " / ".join(fact)
        case _:
            return ""


def _example(schema: Any, error: jsonschema_rs.ValidationError) -> str:
    """Return the first example that the schema gives for the place of an error."""
    node, found = schema, str(next(iter(schema.get("examples", ())), ""))
    for part in error.schema_path:
        if isinstance(node, dict) and "$ref" in node and part not in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
        if part == "$ref":
            continue
        node = node[part]
        if isinstance(node, dict) and node.get("examples"):
            found = str(node["examples"][0])
    return found


def _place(path: str, places: Mapping[Key, Place], key: Key) -> Place:
    while key and key not in places:
        key = key[:-1]
    return places.get(key, Place(path))


def _dotted(key: Key) -> str:
    return ".".join(str(part) for part in key)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "…"
