"""The files of main at one landing, as far as evidence asks for them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from qms_docs.text import closure, documents, markdown, parameters
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import ReleasedText
from qms_docs.words.findings import Finding
from qms_docs.words.history import GONE, FileChange
from qms_docs.words.issues import Issue
from qms_docs.words.model import Content, Document
from qms_docs.words.parameters import Parameter
from qms_docs.words.paths import is_file

PARAMETERS = "manual/parameters.yaml"


@dataclass(frozen=True)
class Tree:
    """Every file of a landing."""

    blobs: Mapping[str, tuple[str, str]]
    """Path → Git mode and blob id."""
    read_blob: Callable[[str], bytes]

    def blob(self, path: str) -> str | None:
        """Return the content (blob id) of a regular file; None for links and what is not there."""
        mode, blob = self.blobs.get(path, ("", ""))
        return blob if is_file(mode) else None

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a regular file; None for links, what is too large or not there."""
        blob = self.blob(path)
        return None if blob is None else _contents(blob, self.read_blob)

    def value(self, name: str, language: str) -> str | None:
        """Return what a text of a language quotes; None if there is no such value."""
        found = _parameters(self.read(PARAMETERS) or b"").get(name)
        return found.quoted(language) if found else None

    def contents(self, text: ReleasedText) -> dict[str, str]:
        """Return what a text consists of, file by file and value by value, as in `parts`."""
        found = {path: self.blob(path) or "" for path in text.files}
        names = [each.name for each in text.inclusions if each.kind == "parameter"]
        values = _parameters(self.read(PARAMETERS) or b"") if names else {}
        return found | {_part(name): _said(values[name]) for name in names if name in values}

    def documents(self, paths: tuple[str, ...]) -> dict[str, Document]:
        """Return the documents in some files, masters and their translations, by path.

        What is not in order is not among them: nothing can be released that cannot be read. Of
        what their bodies contain only the inclusions are read: `whole` reads the rest.
        """
        findings: list[Finding] = []
        there = [(path, data) for path in paths if (data := self.read(path)) is not None]
        sources = [
            documents.read_source(path, data, findings, read_body=markdown.included)
            for path, data in there
        ]
        broken = {finding.place.path for finding in findings}
        sound = [source for source in sources if source.path not in broken]
        return {each.path: each for each in documents.documents_of(sound, findings)}

    def closure(self, document: Document) -> closure.Closure | None:
        """Return the closure of a document; None if something that it includes is not there."""
        return closure.closure_of(document, self.value, self.read)


@lru_cache(maxsize=2)
def _parameters(data: bytes) -> Mapping[str, Parameter]:
    """Return the parameters in a file: the same ones for most releases."""
    yaml = documents.read_data(PARAMETERS, data, "parameters", []) if data else None
    return {each.name: each for each in parameters.parameters_of(yaml)} if yaml else {}


def parts(change: FileChange, read_blob: Callable[[str], bytes]) -> Iterable[FileChange]:
    """Return a change; of the shared values each one that it changes, as if it were a file.

    Who changes a value has written on the texts that quote it, and on no others.
    """
    if change.path != PARAMETERS:
        return (change,)
    old = _said_in(change.old_mode, change.old_blob, read_blob)
    new = _said_in(change.mode, change.blob, read_blob)
    return [
        FileChange(
            path=_part(name),
            old_mode=change.old_mode if name in old else GONE,
            old_blob=old.get(name, ""),
            mode=change.mode if name in new else GONE,
            blob=new.get(name, ""),
        )
        for name in old | new
        if old.get(name) != new.get(name)
    ]


def _said_in(mode: str, blob: str, read_blob: Callable[[str], bytes]) -> dict[str, str]:
    """Return what each shared value says in a file; nothing where the file is not in order."""
    data = _contents(blob, read_blob) if is_file(mode) else None
    return {name: _said(each) for name, each in _parameters(data or b"").items()}


def _said(parameter: Parameter) -> str:
    """Return what a shared value says in all languages, under its name."""
    return f"{parameter.name}: {sorted(parameter.value.items())} {sorted(parameter.unit.items())}"


def _part(name: str) -> str:
    return f"{PARAMETERS}#{name}"


def whole(document: Document) -> Document:
    """Return a document with all that its body contains."""
    source = document.source
    content = markdown.read(source.body, source.path, source.body_line)
    return replace(document, source=replace(source, content=content))


def _contents(blob: str, read_blob: Callable[[str], bytes]) -> bytes | None:
    """Return a content; None if it is too large for a file of a manual, which ends no audit."""
    try:
        return read_blob(blob)
    except QmsError as error:
        if error.key != "file-too-large":
            raise
        return None


def as_released(issue: Issue, read_blob: Callable[[str], bytes]) -> Document | None:
    """Return a released master with all its text; None if it can no longer be read."""
    path = issue.released.path
    found = Tree({path: ("100644", issue.blob)}, read_blob).documents((path,)).get(path)
    return whole(found) if found else None


def without_text(document: Document) -> Document:
    """Return the facts of a document: a ledger holds thousands, and the texts stand in Git."""
    source = replace(document.source, data=b"", body="", content=Content(), places={})
    return replace(document, source=source)


def identity(change: FileChange, read_blob: Callable[[str], bytes]) -> str:
    """Return identification and language of the document in a changed file, or its path.

    Of a deleted file that is the document which stood there.
    """
    if is_file(change.mode):
        blob = change.blob
    elif is_file(change.old_mode):
        blob = change.old_blob
    else:  # a link, or another repository, that is new or gone
        return change.path
    data = _contents(blob, read_blob) or b""
    source = documents.read_front(change.path, data, [])
    named, language = source.metadata.get("id"), source.metadata.get("language")
    return f"{named} {language}" if named else change.path
