"""GitHub's published description of its REST interface, for the server that stands in for it.

What the description leaves open is taken strictly: a name that it does not have is refused, in
answers and in questions. Where its own examples are not as it says, the tests say so.
"""

import copy
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs

DESCRIPTION = Path(sys.prefix) / "github-description" / "github.json"
"""Fetched by `tools/setup --dev`."""
VERSION = "2022-11-28"
ERRORS = (301, 302, 307, 308, 401, 403, 404, 429, 500, 502, 503, 504)
"""What can be answered to any question, described there or not."""
_REFERENCE = "#/components/schemas/"


@cache
def told() -> Mapping[str, Any]:
    """Return the description as it was published."""
    found: Mapping[str, Any] = json.loads(DESCRIPTION.read_text("utf-8"))
    return found


@dataclass(frozen=True)
class Operation:
    """What can be asked for."""

    method: str
    path: str
    facts: Mapping[str, Any]

    def names(self, path: str) -> dict[str, str] | None:
        """Return what stands in a path for the names in braces; None if it is another path.

        GitHub names a repository by its number in the addresses of pages.
        """
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(self.path))
        pattern = pattern.replace("/repos/(?P<owner>[^/]+)/(?P<repo>[^/]+)", _REPOSITORY)
        found = re.fullmatch(pattern, path)
        return {name: text for name, text in found.groupdict().items() if text} if found else None

    def wrong_address(self, path: str, query: str) -> Iterator[str]:
        """Yield what is wrong with the address of a question."""
        known = {each["name"]: each for each in map(_resolved, self.facts.get("parameters", ()))}
        asked = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
        for name, text in (*(self.names(path) or {}).items(), *asked):
            if name != "number" and (name not in known or not _fits(known[name]["schema"], text)):
                yield f"{name}={text}"
        if len({name for name, _ in asked}) != len(asked):
            yield f"twice: {query}"

    def wrong_body(self, body: bytes) -> Iterator[str]:
        """Yield what is wrong with what a question brings along."""
        wanted = self.facts.get("requestBody")
        if wanted is None:
            yield from ("a body",) if body else ()
            return
        try:
            value = json.loads(body)
        except ValueError:
            yield "no JSON"
            return
        yield from _errors(json.dumps(_schema(wanted)), value)

    def lies(self, status: int, body: object) -> list[str]:
        """Return why GitHub would not give an answer; nothing if it would."""
        answer = _resolved(self.facts["responses"].get(str(status), {}))
        if answer and "content" not in answer:
            return [] if body is None else ["a body"]
        if not answer and status not in ERRORS:
            return [f"no status {status}"]
        schema = _schema(answer) if answer else {"$ref": f"{_REFERENCE}basic-error"}
        return list(_errors(json.dumps(schema), body))


_REPOSITORY = r"(?:/repositories/(?P<number>\d+)|/repos/(?P<owner>[^/]+)/(?P<repo>[^/]+))"


@cache
def operations() -> tuple[Operation, ...]:
    """Return all that is described."""
    return tuple(
        Operation(method.upper(), path, facts)
        for path, methods in told()["paths"].items()
        for method, facts in methods.items()
    )


def operation(method: str, path: str) -> Operation | None:
    """Return what is asked for; None if nothing of it is described."""
    found = (e for e in operations() if e.method == method and e.names(path) is not None)
    return next(found, None)


def example(name: str) -> Any:
    """Return a copy of an example of the description."""
    return copy.deepcopy(told()["components"]["examples"][name]["value"])


def complete(name: str, part: Mapping[str, Any]) -> dict[str, Any]:
    """Return a whole answer like the example of this name, with some facts of our own."""
    whole = example(name)
    whole = whole[0] if isinstance(whole, list) else whole
    if name == "pull-request":
        whole["requested_teams"] = []  # those of the example lack a field
    return _merged(whole, part)


def _merged(whole: dict[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    for name, value in part.items():
        old = whole.get(name)
        is_part = isinstance(old, dict) and isinstance(value, Mapping)
        whole[name] = _merged(old or {}, value) if is_part else value
    return whole


def _resolved(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a reference to a part of the description refers to."""
    if "$ref" not in value:
        return value
    _, _, kind, name = value["$ref"].split("/")
    found: Mapping[str, Any] = told()["components"][kind][name]
    return found


def _schema(holder: Mapping[str, Any]) -> Any:
    return holder["content"]["application/json"]["schema"]


def _fits(schema: Mapping[str, Any], text: str) -> bool:
    """Tell whether a text in an address can be what it should be."""
    if schema["type"] == "integer":
        return text.isascii() and text.isdigit()
    return schema["type"] != "boolean" or text in ("true", "false")


def _errors(schema: str, value: object) -> Iterator[str]:
    for error in _validator(schema).iter_errors(value):
        place = "/".join(map(str, error.instance_path))
        yield f"{place}: {error.message[:200]}"


@cache
def _validator(schema: str) -> Any:
    schemas = told()["components"]["schemas"]
    root = {
        **_strict(json.loads(schema)),
        "components": {"schemas": _strict(schemas), "open": _open(schemas)},
    }
    return jsonschema_rs.validator_for(root, validate_formats=True)


def _strict(value: Any) -> Any:
    """Return a schema of OpenAPI 3.0 as JSON Schema that knows no other names than those in it.

    Of parts that only together make a whole (`allOf`) none knows the names of the others.
    """
    if isinstance(value, list):
        return [_strict(each) for each in value]
    if not isinstance(value, dict):
        return value
    found = {
        key: _open(each) if key == "allOf" else _strict(each)
        for key, each in value.items()
        if key not in ("example", "nullable") or isinstance(each, dict)
    }
    is_whole = value.get("type") == "object" and isinstance(value.get("properties"), dict)
    if is_whole and "additionalProperties" not in value:
        found["unevaluatedProperties"] = False
    return _or_null(value, found)


def _open(value: Any) -> Any:
    """Return a schema of OpenAPI 3.0 as JSON Schema."""
    if isinstance(value, list):
        return [_open(each) for each in value]
    if not isinstance(value, dict):
        return value
    found = {
        key: each.replace(_REFERENCE, "#/components/open/") if key == "$ref" else _open(each)
        for key, each in value.items()
        if key not in ("example", "nullable") or isinstance(each, dict)
    }
    return _or_null(value, found)


def _or_null(value: Mapping[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [{"type": "null"}, found]} if value.get("nullable") is True else found
