"""What a PDF carries of itself for machines: the file `facts.json` inside it.

It says the same as the last page. An audit that is given the PDF asks the history for it.
"""

import json
from dataclasses import asdict, dataclass

from qms_docs.text import records
from qms_docs.words.issues import Issue

FORMAT = "qms-facts-v1"
NAME = "facts.json"


@dataclass(frozen=True)
class Facts:
    """Which text a PDF shows, and what it rests on."""

    id: str
    language: str
    revision: int
    content_digest: str
    release: str = ""
    """Digest of the release record; empty in a draft, and so is what follows."""
    commit: str = ""
    """With which it was released."""
    genesis: str = ""


def of(issue: Issue, genesis: str) -> Facts:
    """Return the facts of a released text."""
    subject = issue.subject
    return Facts(
        id=subject.id,
        language=subject.language,
        revision=subject.revision,
        content_digest=subject.content,
        release=issue.release,
        commit=issue.landing.commit,
        genesis=genesis,
    )


def write(facts: Facts) -> bytes:
    """Return the file: canonical JSON (RFC 8785)."""
    return records.canonical({"format": FORMAT, **asdict(facts)}) + b"\n"


def read(data: bytes) -> Facts | None:
    """Return the facts in a file; None if it is not byte for byte what `write` would write."""
    try:
        fields = json.loads(data)
        is_ours = isinstance(fields, dict) and fields.pop("format", None) == FORMAT
        facts = Facts(**fields) if is_ours else None
        return facts if facts and _is_sound(facts) and write(facts) == data else None
    except (ValueError, TypeError, RecursionError):
        return None


def _is_sound(facts: Facts) -> bool:
    return all(
        type(value) is (int if name == "revision" else str) for name, value in asdict(facts).items()
    )
