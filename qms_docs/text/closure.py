"""The closure of a document: its text with everything that it includes, and the digest of it.

Approvals will be given for this digest (docs/decisions/0013-content-digest.md), so it depends on
what the reader is shown, and on nothing else: not on the place of the file, not on a commit.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from qms_docs.words.manual import Manual
from qms_docs.words.model import Document

FORMAT = "qms-content-v1"


@dataclass(frozen=True, order=True)
class Inclusion:
    """Something that a text includes."""

    kind: str
    """`image`, `table` or `parameter`. A diagram stands in the text itself."""
    name: str
    """As written in the text."""
    sha256: str
    """Of the bytes of a file, or of the value of a parameter as quoted, in UTF-8."""
    where: str = field(default="", compare=False)
    """Path of the file, or the value of the parameter: outside the digest, as it adds nothing."""


@dataclass(frozen=True)
class Closure:
    """A text and what it includes."""

    text: str
    """SHA-256 of the file: front matter and body, every byte."""
    inclusions: tuple[Inclusion, ...]
    """In the order of kind and name, each once."""

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of the closure as canonical JSON (RFC 8785)."""
        data = {
            "format": FORMAT,
            "text": self.text,
            "inclusions": [
                {"kind": each.kind, "name": each.name, "sha256": each.sha256}
                for each in self.inclusions
            ],
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return _sha256(text.encode("utf-8"))


Value = Callable[[str, str], str | None]
"""Name of a parameter and language → what a text quotes; None if there is no such value."""


def closure_of(
    document: Document, value: Value, read: Callable[[str], bytes | None]
) -> Closure | None:
    """Return the closure of a document; None if something that it includes is not there.

    `read` returns the bytes of a file of the same state of the repository, None where there is no
    regular file.
    """
    found = set()
    for kind, name, where, data in _included(document, value, read):
        if data is None:
            return None
        found.add(Inclusion(kind, name, _sha256(data), where))
    return Closure(_sha256(document.source.data), tuple(sorted(found)))


def in_manual(document: Document, manual: Manual, read: Callable[[str], bytes]) -> Closure | None:
    """Return the closure of a document of a manual, whose files `read` returns."""
    return closure_of(
        document, manual.value, lambda path: read(path) if manual.is_regular(path) else None
    )


def of_data(data: bytes) -> Closure:
    """Return the closure of a data file, which includes nothing."""
    return Closure(_sha256(data), ())


def _included(
    document: Document, value: Value, read: Callable[[str], bytes | None]
) -> Iterator[tuple[str, str, str, bytes | None]]:
    content = document.source.content
    for kind, references in (("image", content.images), ("table", content.included)):
        for reference in references:
            path = reference.path or ""
            yield kind, reference.target, path, read(path)
    for quote in content.quotes:
        quoted = value(quote.target, document.language)
        data = None if quoted is None else quoted.encode("utf-8")
        yield "parameter", quote.target, quoted or "", data


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
