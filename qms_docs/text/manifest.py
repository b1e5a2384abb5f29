"""The manifest of a publication as canonical JSON, and back."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qms_docs.text import records, schema
from qms_docs.words.copies import CopyState
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Subject
from qms_docs.words.model import Status
from qms_docs.words.publication import (
    Manifest,
    PublishedCopy,
    PublishedExtract,
    PublishedFile,
    PublishedText,
    Unsigned,
)

NAME = "manifest.json"
FORMAT = "qms-publication-v1"


def written(manifest: Manifest) -> bytes:
    """Return a manifest as canonical JSON (RFC 8785 for what occurs in it) with a line end."""
    ahead = manifest.next_transition
    data = {
        "format": FORMAT,
        "publication": manifest.publication,
        "genesis": manifest.genesis,
        "tip": manifest.tip,
        "as_of": manifest.as_of.isoformat(),
        "next_transition": ahead.isoformat() if ahead else None,
        "releases": sorted({text.release for text in manifest.texts}),
        "tools": dict(manifest.tools),
        "texts": [_told(text, manifest.as_of) for text in manifest.texts],
        "pages": [_file(page) for page in manifest.pages],
        "copies": [_told_copy(copy) for copy in manifest.copies],
        "extracts": [_told_extract(each) for each in manifest.extracts],
    }
    return records.canonical(data) + b"\n"


def read(data: bytes, name: str = NAME) -> Manifest:
    """Return the manifest in some bytes; raises QmsError for anything that `written` never makes.

    One way of writing only: what two readers could understand differently is refused.
    """
    try:
        fields = json.loads(data)
        if next(schema.validate("publication", fields, name, {}), None) is None:
            manifest = _manifest(fields)
            if written(manifest) == data:
                return manifest
    except (ValueError, RecursionError, UnicodeEncodeError):
        pass
    raise QmsError("no-manifest", path=name)


def _manifest(fields: Mapping[str, Any]) -> Manifest:
    return Manifest(
        publication=fields["publication"],
        genesis=fields["genesis"],
        tip=fields["tip"],
        as_of=_instant(fields["as_of"]),
        texts=tuple(map(_text, fields["texts"])),
        pages=tuple(map(_published, fields["pages"])),
        tools=fields["tools"],
        copies=tuple(map(_copy, fields["copies"])),
        extracts=tuple(map(_extract, fields["extracts"])),
    )


def _text(fields: Mapping[str, Any]) -> PublishedText:
    end, ended_by = fields["valid_to"], fields["ended_by"]
    return PublishedText(
        file=_published(fields),
        subject=_subject(fields),
        title=fields["title"],
        classification=fields["classification"],
        begin=_instant(fields["valid_from"]),
        end=_instant(end) if end else None,
        ended_by=Status(ended_by) if ended_by else None,
        review_due=_instant(fields["review_due"]),
        release=fields["release"],
        evidence=tuple(fields["evidence"]),
        commit=fields["commit"],
        code=fields["code"],
        pages=int(fields["pages"]),
        inputs=fields["inputs"],
        master=fields["master"],
        earlier=tuple(fields["earlier"]),
        unsigned=_unsigned(fields["unsigned"], fields["signer"]),
    )


def _unsigned(fields: Mapping[str, Any] | None, signer: str | None) -> Unsigned | None:
    return Unsigned(fields["sha256"], int(fields["bytes"]), signer) if fields and signer else None


def _copy(fields: Mapping[str, Any]) -> PublishedCopy:
    until = fields["until"]
    return PublishedCopy(
        number=int(fields["number"]),
        subject=_subject(fields),
        holder=fields["holder"],
        sha256=fields["sha256"],
        state=CopyState(fields["state"]),
        issued=_instant(fields["issued"]),
        until=_instant(until) if until else None,
        record=fields["record"],
    )


def _extract(fields: Mapping[str, Any]) -> PublishedExtract:
    end = fields["valid_to"]
    return PublishedExtract(
        file=_published(fields),
        kind=fields["kind"],
        id=fields["id"],
        language=fields["language"],
        title=fields["title"],
        classification=fields["classification"],
        begin=_instant(fields["valid_from"]),
        end=_instant(end) if end else None,
        content=fields["content_digest"],
        code=fields["code"],
        pages=int(fields["pages"]),
        inputs=fields["inputs"],
        earlier=tuple(fields["earlier"]),
    )


def _subject(fields: Mapping[str, Any]) -> Subject:
    content = fields["content_digest"]
    return Subject(fields["id"], fields["language"], int(fields["revision"]), content)


def _published(fields: Mapping[str, Any]) -> PublishedFile:
    return PublishedFile(fields["name"], fields["sha256"], int(fields["bytes"]))


def _told(text: PublishedText, as_of: datetime) -> dict[str, object]:
    return {
        **_file(text.file),
        "pages": text.pages,
        "id": text.subject.id,
        "language": text.subject.language,
        "revision": text.subject.revision,
        "title": text.title,
        "classification": text.classification,
        "status": str(text.status_at(as_of)),
        "valid_from": text.begin.isoformat(),
        "valid_to": text.end.isoformat() if text.end else None,
        "ended_by": str(text.ended_by) if text.ended_by else None,
        "review_due": text.review_due.isoformat(),
        "content_digest": text.subject.content,
        "release": text.release,
        "evidence": list(text.evidence),
        "commit": text.commit,
        "code": text.code,
        "inputs": text.inputs,
        "master": text.master,
        "earlier": list(text.earlier),
        "unsigned": _told_unsigned(text.unsigned),
        "signer": text.unsigned.signer if text.unsigned else None,
    }


def _told_unsigned(build: Unsigned | None) -> dict[str, object] | None:
    return {"sha256": build.sha256, "bytes": build.bytes} if build else None


def _told_copy(copy: PublishedCopy) -> dict[str, object]:
    return {
        "number": copy.number,
        "id": copy.subject.id,
        "language": copy.subject.language,
        "revision": copy.subject.revision,
        "content_digest": copy.subject.content,
        "holder": copy.holder,
        "sha256": copy.sha256,
        "state": str(copy.state),
        "issued": copy.issued.isoformat(),
        "until": copy.until.isoformat() if copy.until else None,
        "record": copy.record,
    }


def _told_extract(extract: PublishedExtract) -> dict[str, object]:
    return {
        **_file(extract.file),
        "pages": extract.pages,
        "kind": extract.kind,
        "id": extract.id,
        "language": extract.language,
        "title": extract.title,
        "classification": extract.classification,
        "valid_from": extract.begin.isoformat(),
        "valid_to": extract.end.isoformat() if extract.end else None,
        "content_digest": extract.content,
        "code": extract.code,
        "inputs": extract.inputs,
        "earlier": list(extract.earlier),
    }


def _file(file: PublishedFile) -> dict[str, object]:
    return {"name": file.name, "sha256": file.sha256, "bytes": file.bytes}


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
