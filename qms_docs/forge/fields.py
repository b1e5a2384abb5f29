"""What somebody else's program sends, read field by field: nothing is taken for something else."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from qms_docs.words.errors import QmsError

LARGEST = 16 * 1024 * 1024
"""Bytes; a pull request with a thousand reviews has some 3 MB."""
_LARGEST_NUMBER = 2**53 - 1
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_INSTANT = re.compile(r"2\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
Fields = Mapping[str, object]


def read(data: bytes, source: str) -> object:
    """Return JSON as it was sent; `source` is for the message.

    Raises QmsError if it is none, too large, or names a field twice, which readers read
    differently.
    """
    if len(data) > LARGEST:
        raise QmsError("forge-large", source=source, limit=f"{LARGEST >> 20} MiB")
    try:
        return json.loads(data, object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise QmsError("forge-json", source=source) from error


def _once(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(key)
        found[key] = value
    return found


def _refuse(constant: str) -> object:
    raise ValueError(constant)


def wrong(field: str, value: object = None) -> QmsError:
    """Return the error that says which field is not what it should be."""
    return QmsError("forge-field", field=field, value=repr(value)[:60])


def mapping(value: object, field: str) -> Fields:
    """Return a value that must be an object; raises QmsError."""
    if not isinstance(value, dict):
        raise wrong(field, value)
    return value


def items(value: object, field: str) -> list[object]:
    """Return a value that must be a list; raises QmsError."""
    if not isinstance(value, list):
        raise wrong(field, value)
    return value


def part(fields: Fields, name: str, inside: str) -> Fields:
    """Return an object inside another; raises QmsError."""
    return mapping(fields.get(name), f"{inside}.{name}")


def number(fields: Fields, name: str, inside: str) -> int:
    """Return a number from 1 on; raises QmsError."""
    value = fields.get(name)
    if type(value) is not int or not 1 <= value <= _LARGEST_NUMBER:
        raise wrong(f"{inside}.{name}", value)
    return value


def text(fields: Fields, name: str, inside: str) -> str:
    """Return a text that says something; raises QmsError."""
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        raise wrong(f"{inside}.{name}", value)
    return value


def flag(fields: Fields, name: str, inside: str) -> bool:
    """Return whether something is so; raises QmsError."""
    value = fields.get(name)
    if not isinstance(value, bool):
        raise wrong(f"{inside}.{name}", value)
    return value


def commit(fields: Fields, name: str, inside: str) -> str:
    """Return the full name of a commit; raises QmsError."""
    value = text(fields, name, inside)
    if not _COMMIT.fullmatch(value):
        raise wrong(f"{inside}.{name}", value)
    return value


def instant(fields: Fields, name: str, inside: str) -> str:
    """Return an instant in UTC, to the second; raises QmsError."""
    return told(moment(fields, name, inside))


def told(moment: datetime) -> str:
    """Return an instant as it is written, to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(fields: Fields, name: str, inside: str) -> datetime:
    """Return an instant in UTC, as exactly as it was told; raises QmsError."""
    value = text(fields, name, inside)
    try:
        if not _INSTANT.fullmatch(value):
            raise ValueError(value)
        found = datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise wrong(f"{inside}.{name}", value) from error
    if not 2000 <= found.year <= 2999:
        raise wrong(f"{inside}.{name}", value)
    return found


def host(fields: Fields, name: str, inside: str) -> str:
    """Return the host of an address, in lower case; raises QmsError."""
    value = text(fields, name, inside)
    try:
        found = urlsplit(value).hostname or ""
    except ValueError:
        found = ""
    if not _HOST.fullmatch(found):
        raise wrong(f"{inside}.{name}", value)
    return found
