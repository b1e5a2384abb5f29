"""Everything that is known of one document, for `qms show`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qms_docs.judge import lifecycle, usage
from qms_docs.text import closure
from qms_docs.words.findings import Place
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document, Status


@dataclass(frozen=True)
class Dossier:
    """One document with its languages and its place among the others."""

    document: Document
    status: Status
    languages: tuple[Document, ...]
    used_at: tuple[Place, ...]
    """Where other documents refer to it."""
    missing: tuple[str, ...]
    """What stands between this revision and its release, as keys of the catalogue."""


def of(manual: Manual, identification: str) -> Dossier | None:
    """Return the dossier of a document, None if there is no such document."""
    document = manual.find(identification)
    if document is None:
        return None
    return Dossier(
        document=document,
        status=lifecycle.status(document, manual),
        languages=tuple(manual.languages_of(identification)),
        used_at=usage.of_identifications(manual).get(identification, ()),
        missing=("prepared", "reviewed", "approved"),
    )


def digests(
    dossier: Dossier, manual: Manual, read: Callable[[str], bytes]
) -> Mapping[str, str | None]:
    """Return the content digest of each language; None where something included is missing.

    `read` returns the bytes of a file of the same state of the repository.
    """
    closures = {text.language: closure.in_manual(text, manual, read) for text in dossier.languages}
    return {language: found.digest if found else None for language, found in closures.items()}
