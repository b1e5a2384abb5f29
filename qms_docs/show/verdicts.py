"""Verdicts as sentences and as JSON."""

from collections.abc import Iterator
from datetime import datetime

from qms_docs.judge.verdicts import Answer
from qms_docs.text.messages import label
from qms_docs.words.publication import PublishedText


def lines(answer: Answer, misnamed: PublishedText | None, language: str) -> Iterator[str]:
    """Yield the lines that tell a verdict: first what it is about, then what to do."""
    text = answer.text
    if answer.copy is not None:
        number, holder = answer.copy.number, answer.copy.holder
        yield label("verdict-copy", language, number=number, holder=holder)
    if text is not None:
        yield named(text, language)
    values = {"date": "–"}
    if text is not None:
        over = text.end is not None and answer.verdict.value in _OVER
        values["date"] = _moment(text.end if over and text.end else text.begin)
    yield f"  {label(f'verdict-{answer.verdict}', language, **values)}"
    if answer.state is not None:
        yield f"  {label(f'verdict-copy-{answer.state}', language)}"
    if answer.instead is not None:
        yield f"  {label('verdict-instead', language, text=named(answer.instead, language))}"
    if misnamed is not None:
        yield f"  {label('verdict-misnamed', language, text=named(misnamed, language))}"
    if answer.is_in_force and text is not None:
        yield f"  {label('verdict-review', language, date=text.review_due.date().isoformat())}"
        if text.end is not None:
            yield f"  {label('verdict-until', language, date=_moment(text.end))}"
    if answer.copy is not None and answer.copy.until is not None:
        yield f"  {label('verdict-copy-until', language, date=_moment(answer.copy.until))}"


_OVER = ("superseded", "withdrawn", "expired")


def data(answer: Answer, misnamed: PublishedText | None) -> dict[str, object]:
    """Return a verdict for machines."""
    return {
        "verdict": str(answer.verdict),
        "text": _facts(answer.text),
        "instead": _facts(answer.instead),
        "misnamed": _facts(misnamed),
        "copy": _copy(answer),
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


def named(text: PublishedText, language: str) -> str:
    """Return identification, title, language and revision of a text."""
    name = label("language-name", text.subject.language)
    revision = label("revision", language)
    return f"{text.subject.id} {text.title} ({name}), {revision} {text.subject.revision}"


def _moment(instant: datetime) -> str:
    return instant.isoformat(sep=" ", timespec="minutes")
