"""Verdicts as sentences and as JSON, and what is known of a PDF's signature."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from qms_docs.judge.verdicts import Answer, Verdict
from qms_docs.show.terminal import visible
from qms_docs.text.messages import label
from qms_docs.words.evidence import Subject
from qms_docs.words.publication import PublishedExtract, PublishedText
from qms_docs.words.signatures import PdfSignature, TimeStamp


def lines(answer: Answer, misnamed: PublishedText | None, language: str) -> Iterator[str]:
    """Yield the lines that tell a verdict: first what it is about, then what to do."""
    text = answer.text
    if answer.copy is not None:
        number, holder = answer.copy.number, answer.copy.holder
        yield label("verdict-copy", language, number=number, holder=holder)
    if text is not None:
        yield named(text, language)
    if answer.extract is not None:
        yield from _of_extract(answer.verdict, answer.extract, language)
        return
    values = {"date": "–"}
    if text is not None:
        over = text.end is not None and answer.verdict.value in _OVER
        values["date"] = _moment(text.end if over and text.end else text.begin)
    yield f"  {label(f'verdict-{answer.verdict}', language, **values)}"
    for subject, known in answer.sheet:
        yield from _listed(subject, known, language)
    if answer.state is not None:
        yield f"  {label(f'verdict-copy-{answer.state}', language)}"
    if answer.instead is not None:
        yield f"  {label('verdict-instead', language, text=named(answer.instead, language))}"
    if misnamed is not None:
        yield f"  {label('verdict-misnamed', language, text=named(misnamed, language))}"
    yield from _terms(answer, language)


def _of_extract(verdict: Verdict, extract: PublishedExtract, language: str) -> Iterator[str]:
    yield named_extract(extract, language)
    yield f"  {label(f'verdict-{verdict}', language, date=_moment(extract.begin))}"
    if verdict is Verdict.CURRENT and extract.end is not None:
        yield f"  {label('verdict-until', language, date=_moment(extract.end))}"
    if verdict is not Verdict.CURRENT:
        yield f"  {label('verdict-extract-now', language, file=extract.file.name)}"


def _terms(answer: Answer, language: str) -> Iterator[str]:
    """Yield how long one may work by what is in force, and keep a copy."""
    text = answer.text
    if answer.is_in_force and text is not None:
        yield f"  {label('verdict-review', language, date=text.review_due.date().isoformat())}"
        if text.end is not None:
            yield f"  {label('verdict-until', language, date=_moment(text.end))}"
    if answer.copy is not None and answer.copy.until is not None:
        yield f"  {label('verdict-copy-until', language, date=_moment(answer.copy.until))}"


_OVER = ("superseded", "withdrawn", "expired")


def _listed(subject: Subject, known: Answer, language: str) -> Iterator[str]:
    """Yield a text of an approval sheet, with what is known of it."""
    if known.text is None:
        yield f"  {_name(subject, '', language)}"
        yield f"    {label('verdict-not-published', language)}"
        return
    first, *rest = lines(replace(known, instead=None), None, language)
    yield f"  {first}"
    yield f"  {rest[0]}"


def data(answer: Answer, misnamed: PublishedText | None) -> dict[str, object]:
    """Return a verdict for machines."""
    return {
        "verdict": str(answer.verdict),
        "text": _facts(answer.text),
        "instead": _facts(answer.instead),
        "misnamed": _facts(misnamed),
        "copy": _copy(answer),
        "extract": _extract(answer.extract),
        "sheet": [
            {
                "id": subject.id,
                "language": subject.language,
                "revision": subject.revision,
                "content_digest": subject.content,
                "verdict": str(known.verdict),
            }
            for subject, known in answer.sheet
        ],
    }


def _copy(answer: Answer) -> dict[str, object] | None:
    copy = answer.copy
    if copy is None:
        return None
    return {
        "number": copy.number,
        "holder": copy.holder,
        "state": str(answer.state),
        "issued": copy.issued.isoformat(),
        "until": copy.until.isoformat() if copy.until else None,
        "record": copy.record,
    }


def _extract(extract: PublishedExtract | None) -> dict[str, object] | None:
    if extract is None:
        return None
    return {
        "kind": extract.kind,
        "id": extract.id,
        "language": extract.language,
        "file": extract.file.name,
        "code": extract.code,
        "content_digest": extract.content,
        "valid_from": extract.begin.isoformat(),
        "valid_to": extract.end.isoformat() if extract.end else None,
    }


def _facts(text: PublishedText | None) -> dict[str, object] | None:
    if text is None:
        return None
    return {
        "id": text.subject.id,
        "language": text.subject.language,
        "revision": text.subject.revision,
        "title": text.title,
        "file": text.file.name,
        "code": text.code,
        "content_digest": text.subject.content,
        "release": text.release,
        "valid_from": text.begin.isoformat(),
        "valid_to": text.end.isoformat() if text.end else None,
        "review_due": text.review_due.isoformat(),
    }


def signature_lines(
    found: PdfSignature | None, is_unexamined: bool, language: str
) -> Iterator[str]:
    """Yield who has signed a PDF, as far as is known; names are what a file says."""
    if is_unexamined:
        yield f"  {label('signature-unexamined', language)}"
    elif found is None:
        yield f"  {label('signature-none', language)}"
    elif not found.is_intact:
        yield f"  {label('signature-broken', language)}"
    else:
        values = {"name": visible(found.name), "fingerprint": found.fingerprint}
        yield f"  {label('signature-by', language, **values)}"
        if found.stamp is not None:
            yield f"  {stamp_line(found.stamp, language)}"


def stamp_line(stamp: TimeStamp, language: str) -> str:
    """Return when something was stamped, and that nobody has examined the service."""
    name, date = visible(stamp.authority), _moment(stamp.instant)
    return label("stamp-by", language, name=name, date=date)


def signature_data(found: PdfSignature | None) -> dict[str, object] | None:
    """Return a signature for machines."""
    if found is None:
        return None
    return {
        "name": found.name,
        "certificate": found.fingerprint or None,
        "intact": found.is_intact,
        "time_stamp": stamp_data(found.stamp),
    }


def stamp_data(stamp: TimeStamp | None) -> dict[str, object] | None:
    """Return a time stamp for machines."""
    return {"at": stamp.instant.isoformat(), "by": stamp.authority} if stamp else None


def named(text: PublishedText, language: str) -> str:
    """Return identification, title, language and revision of a text."""
    return _name(text.subject, f" {text.title}", language)


def named_extract(extract: PublishedExtract, language: str) -> str:
    """Return kind, title and language of an extract."""
    kind, spoken = extract_title(extract, language), label("language-name", extract.language)
    return f"{kind} ({spoken})"


def extract_title(extract: PublishedExtract, language: str) -> str:
    """Return what an extract is called: `Role card: CSC-RS-10 Complaint Officer`."""
    kind = label(f"extract-{extract.kind}", language)
    role = f"{extract.id} {extract.title}"
    return label("card-title", language, role=role) if extract.id else kind


def _name(subject: Subject, title: str, language: str) -> str:
    name, revision = label("language-name", subject.language), label("revision", language)
    return f"{subject.id}{title} ({name}), {revision} {subject.revision}"


def _moment(instant: datetime) -> str:
    return instant.isoformat(sep=" ", timespec="minutes")
