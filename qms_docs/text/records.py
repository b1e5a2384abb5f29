"""Records as files: canonical JSON (RFC 8785), signed, named by what they hold.

Every file is refused that is not byte for byte what writing its own content would give: two
readers can then never read two things in it.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from qms_docs.text import schema
from qms_docs.words.evidence import (
    Act,
    Body,
    Copy,
    CopyEvent,
    CopyItem,
    ForgeReview,
    Frozen,
    Genesis,
    Grade,
    Meaning,
    Nonconformity,
    Paper,
    Record,
    Release,
    ReleasedText,
    Reviews,
    ReviewState,
    Signer,
    Statement,
    Subject,
    Void,
)

FORMAT = "qms-record-v1"
FOLDER = "records/"
GENESIS_PATH = "records/genesis.json"
COPIES = "records/copies/"
REVIEWS = "records/reviews/"
LARGEST = 4 * 1024 * 1024
"""Bytes: a release of a thousand texts has some 500 kB."""
_FOLDERS: Mapping[type, str] = {
    Statement: "statements",
    Void: "voids",
    Nonconformity: "nonconformities",
    Copy: "copies",
    Reviews: "reviews",
}


class UnreadableRecordError(Exception):
    """A file is no record; the argument is the reason, a case of finding QMS902."""


def canonical(data: object) -> bytes:
    """Return data as canonical JSON; there are no fractions in it, which RFC 8785 writes oddly."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode("utf-8")


def message(record: Record) -> bytes:
    """Return the bytes that the signer signs."""
    return canonical(_data(record))


def signed(record: Record, signature: str) -> tuple[Record, bytes]:
    """Return the record with its signature, and the file that holds it."""
    data = canonical({**_data(record), "signature": signature}) + b"\n"
    digest = hashlib.sha256(data).hexdigest()
    return replace(record, digest=digest, message=message(record), signature=signature), data


def paths(record: Record) -> tuple[str, ...]:
    """Return where a signed record must stand.

    A release stands at one path for each text, the same bytes at each: so a set is one file, and
    two releases of one revision meet at one path.
    """
    body = record.body
    if isinstance(body, Genesis):
        return (GENESIS_PATH,)
    if isinstance(body, Release):
        return tuple(release_path(text.subject) for text in body.texts)
    return (_path(type(body), record.digest),)


def statement_path(digest: str) -> str:
    """Return where the statement with a digest stands."""
    return _path(Statement, digest)


def evidence_path(digest: str, grade: Grade) -> str:
    """Return where the record stands by which a word of some grade is known."""
    return _path(Reviews if grade is Grade.FORGE else Statement, digest)


def _path(kind: type, digest: str) -> str:
    return f"{FOLDER}{_FOLDERS[kind]}/{digest[:2]}/{digest}.json"


def release_path(subject: Subject) -> str:
    """Return where the release of a revision stands."""
    return f"{FOLDER}releases/{subject.id}/{subject.language}.r{subject.revision}.json"


def read(data: bytes) -> Record:
    """Return the record in a file; its signature is not looked at.

    Raises UnreadableRecordError.
    """
    if len(data) > LARGEST:
        raise UnreadableRecordError("large")
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableRecordError("json") from error
    if next(schema.validate("record", fields, "", {}), None) is not None:
        raise UnreadableRecordError("schema")
    if not _is_canonical(fields, data):
        raise UnreadableRecordError("canonical")
    return _record(fields, data)


def _is_canonical(fields: object, data: bytes) -> bool:
    try:
        return canonical(fields) + b"\n" == data
    except UnicodeEncodeError as error:  # half of a character, as an escape
        raise UnreadableRecordError("json") from error


def _record(fields: Mapping[str, Any], data: bytes) -> Record:
    signer = fields["signer"]
    rest = {key: value for key, value in fields.items() if key != "signature"}
    return Record(
        manual=fields["manual"],
        signer=Signer(**signer),
        said=fields["said"],
        body=_BODIES[fields["kind"]](fields["body"]),
        digest=hashlib.sha256(data).hexdigest(),
        message=canonical(rest),
        signature=fields["signature"],
    )


def _statement(body: Mapping[str, Any]) -> Statement:
    paper = body.get("paper")
    return Statement(
        acts=tuple(map(_act, body["acts"])), paper=Paper(**paper) if paper is not None else None
    )


def _act(act: Mapping[str, Any]) -> Act:
    return Act(
        meaning=Meaning(act["meaning"]),
        subject=Subject(**act["subject"]),
        translates=act.get("translates", ""),
        comment=act.get("comment", ""),
    )


def _release(body: Mapping[str, Any]) -> Release:
    return Release(
        texts=tuple(
            ReleasedText(
                subject=Subject(**text["subject"]),
                path=text["path"],
                text=text["text"],
                inclusions=tuple(Frozen(**each) for each in text["inclusions"]),
            )
            for text in body["texts"]
        ),
        statements=tuple(body["statements"]),
    )


def _copy(body: Mapping[str, Any]) -> Copy:
    until = body.get("until", "")
    try:
        is_sound = not until or datetime.fromisoformat(until).isoformat() == until
    except ValueError:  # no such day
        is_sound = False
    if not is_sound:
        raise UnreadableRecordError("schema")
    items = ({**each, "subject": _subject(each)} for each in body["copies"])
    return Copy(
        event=CopyEvent(body["event"]),
        id=body["id"],
        copies=tuple(CopyItem(**each) for each in items),
        until=until,
        purpose=body.get("purpose", ""),
    )


def _reviews(body: Mapping[str, Any]) -> Reviews:
    reviews = (
        ForgeReview(
            review=each["review"],
            account=each["account"],
            state=ReviewState(each["state"]),
            commit=each["commit"],
            submitted=each["submitted"],
            subjects=tuple(Subject(**subject) for subject in each["subjects"]),
            reason=each.get("reason", ""),
        )
        for each in body["reviews"]
    )
    return Reviews(**{**body, "authors": tuple(body["authors"]), "reviews": tuple(reviews)})


def _subject(item: Mapping[str, Any]) -> Subject | None:
    return Subject(**item["subject"]) if "subject" in item else None


_BODIES: Mapping[str, Callable[[Mapping[str, Any]], Body]] = {
    "genesis": lambda body: Genesis(**body),
    "statement": _statement,
    "release": _release,
    "void": lambda body: Void(**body),
    "nonconformity": lambda body: Nonconformity(**body),
    "copy": _copy,
    "reviews": _reviews,
}


def _data(record: Record) -> dict[str, object]:
    return {
        "format": FORMAT,
        "kind": type(record.body).__name__.lower(),
        "manual": record.manual,
        "signer": _told(asdict(record.signer)),
        "said": record.said,
        "body": _told(asdict(record.body)),
    }


def _told(value: Any, key: str = "") -> Any:
    """Return data without what is optional and not told."""
    if isinstance(value, Mapping):
        told = {name: _told(inner, name) for name, inner in value.items()}
        return {name: inner for name, inner in told.items() if inner or name not in _OPTIONAL}
    if isinstance(value, (list, tuple)):
        return [_told(item, key) for item in value]
    return str(value) if isinstance(value, Meaning | CopyEvent | ReviewState) else value


_OPTIONAL = {
    "on_behalf_of", "translates", "comment", "paper",
    "subject", "holder", "sha256", "issue", "until", "purpose",
    "reason", "host", "sheet",
}  # fmt: skip
