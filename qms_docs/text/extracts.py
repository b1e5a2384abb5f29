"""The origin of an extract as canonical JSON: what its PDF carries inside, and its digest."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from qms_docs.text import records
from qms_docs.words.evidence import Subject
from qms_docs.words.extracts import Origin

FORMAT = "qms-extract-v1"
NAME = "extract.json"


def written(origin: Origin) -> bytes:
    """Return the file: canonical JSON (RFC 8785)."""
    return records.canonical({"format": FORMAT, **asdict(origin)}) + b"\n"


def digest(origin: Origin) -> str:
    """Return what an extract says, as a digest: SHA-256 of the file."""
    return hashlib.sha256(written(origin)).hexdigest()


def read(data: bytes) -> Origin | None:
    """Return the origin in a file; None if it is not byte for byte what `written` would write."""
    try:
        fields = json.loads(data)
        is_ours = isinstance(fields, dict) and fields.pop("format", None) == FORMAT
        origin = _origin(fields) if is_ours else None
        return origin if origin is not None and written(origin) == data else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _origin(fields: dict[str, Any]) -> Origin:
    texts = tuple(Subject(**text) for text in fields.pop("texts"))
    return Origin(texts=texts, **fields)
