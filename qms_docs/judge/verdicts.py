"""What a reader is told of a file, a digest or a typed code, by a manifest and the reader's clock.

The one place that answers `qms verify`; the portal's page for readers asks the same questions of
the same data.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from qms_docs.text import codes
from qms_docs.text.facts import Facts
from qms_docs.text.papersheet import PaperSheet, SheetText
from qms_docs.words.copies import CopyState
from qms_docs.words.evidence import Subject
from qms_docs.words.extracts import Origin
from qms_docs.words.model import Status
from qms_docs.words.publication import (
    Manifest,
    PublishedCopy,
    PublishedExtract,
    PublishedText,
)


class Verdict(StrEnum):
    """What a reader may do with what is in their hands."""

    IN_FORCE = "in-force"
    REISSUED = "reissued"
    """The text is in force; the file is an older print of it, with facts that have changed."""
    NOT_YET = "not-yet"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    RECALLED = "recalled"
    """A controlled copy that must be returned or is no longer out, though its text is in force."""
    DRAFT = "draft"
    """It calls itself a draft; nobody has released it."""
    ALTERED = "altered"
    """It claims to be a released text, and its bytes are not what was published."""
    SHEET = "sheet"
    """An approval sheet: it says which texts were to be signed, and nobody works by it."""
    CURRENT = "current"
    """An extract that says what is in force."""
    OUTDATED = "outdated"
    """An extract from which something has changed."""
    UNKNOWN = "unknown"
    """The publication knows nothing of it."""


_OF_STATUS = {
    Status.EFFECTIVE: Verdict.IN_FORCE,
    Status.RELEASED: Verdict.NOT_YET,
    Status.SUPERSEDED: Verdict.SUPERSEDED,
    Status.WITHDRAWN: Verdict.WITHDRAWN,
    Status.EXPIRED: Verdict.EXPIRED,
}


@dataclass(frozen=True)
class Answer:
    """A verdict, the text that it is about, and what to work by instead."""

    verdict: Verdict
    text: PublishedText | None = None
    instead: PublishedText | None = None
    """What is in force of the same document in the same language, if it is something else."""
    copy: PublishedCopy | None = None
    """The controlled copy that was asked about."""
    state: CopyState | None = None
    """Where that stands."""
    sheet: tuple[tuple[Subject, "Answer"], ...] = ()
    """The texts of the approval sheet that was asked about, with what is known of each."""
    extract: PublishedExtract | None = None
    """What is published in the place of the extract that was asked about."""

    @property
    def is_in_force(self) -> bool:
        """Tell whether one may work by the text, or by the documents that the extract cites."""
        return self.verdict in (Verdict.IN_FORCE, Verdict.REISSUED, Verdict.CURRENT)


def of_file(
    sha256: str,
    claims: Facts | None,
    manifest: Manifest,
    instant: datetime,
    begins: Container[str] = (),
) -> Answer:
    """Return the verdict on a file with a digest, which claims to show a text (or nothing).

    `begins` holds the digests of its first bytes, as many of them as a published file has. A PDF to
    which something is added shows what the addition says (ISO 32000-1, 7.5.6).
    """
    copy = next((each for each in manifest.copies if each.sha256 == sha256), None)
    if copy is not None:
        return _of_copy(copy, manifest, instant)
    found = _found(manifest, lambda text: sha256 in _held(text))
    if found is not None:
        return _answer(found, manifest, instant, is_old=sha256 in found.earlier)
    begun = _found(manifest, lambda text: any(digest in begins for digest in _whole(text)))
    if begun is not None:
        return Answer(Verdict.ALTERED, begun, _in_force(begun, manifest, instant))
    if claims is None:
        return Answer(Verdict.UNKNOWN)
    if not claims.release:
        return Answer(Verdict.DRAFT)
    wanted = (claims.id, claims.language, claims.revision, claims.content_digest)
    claimed = _found(manifest, lambda text: _subject(text) == wanted)
    if claims.genesis != manifest.genesis or claimed is None:
        return Answer(Verdict.UNKNOWN)
    return Answer(Verdict.ALTERED, claimed, _in_force(claimed, manifest, instant))


def of_digest(digest: str, manifest: Manifest, instant: datetime) -> Answer:
    """Return the verdict on the SHA-256 of a PDF, or on a content digest (`qms-content-v1`)."""
    found = _found(manifest, lambda text: digest == text.subject.content)
    if found is not None:
        return _answer(found, manifest, instant)
    answer = of_file(digest, None, manifest, instant)
    if answer.verdict is Verdict.UNKNOWN:
        answer = of_extract(digest, None, manifest, instant)
    if answer.verdict is not Verdict.UNKNOWN:
        return answer
    sheets = (each for each in _sheets(manifest) if each.digest == digest)
    return of_sheet(next(sheets, None), manifest, instant)


def of_code(code: str, manifest: Manifest, instant: datetime) -> Answer:
    """Return the verdict on a code: of the pages of a text, of its content, or of a sheet."""
    if codes.is_of_sheet(code):
        sheets = (each for each in _sheets(manifest) if each.code == code)
        return of_sheet(next(sheets, None), manifest, instant)
    found = _found(
        manifest, lambda text: code in (text.code, codes.of_content(text.subject.content))
    )
    if found is not None:
        return _answer(found, manifest, instant)
    for extract in manifest.extracts:
        if code in map(codes.of_content, (extract.content, *extract.earlier)):
            return _of_extract(extract, instant, is_old=code != extract.code)
    return Answer(Verdict.UNKNOWN)


def of_sheet(sheet: PaperSheet | None, manifest: Manifest, instant: datetime) -> Answer:
    """Return what is known of an approval sheet of this manual: whether it was signed, is not."""
    if sheet is None or sheet.manual != manifest.genesis:
        return Answer(Verdict.UNKNOWN)
    known = {text.subject: _answer(text, manifest, instant) for text in manifest.texts}
    listed = (each.subject for each in sheet.texts)
    found = ((subject, known.get(subject, Answer(Verdict.UNKNOWN))) for subject in listed)
    return Answer(Verdict.SHEET, sheet=tuple(found))


def of_extract(
    sha256: str, claims: Origin | None, manifest: Manifest, instant: datetime, content: str = ""
) -> Answer:
    """Return the verdict on a file with a digest that claims to be an extract (or nothing).

    `content` is the digest of what it claims; instead of a file's, `sha256` may be such a digest.
    """
    for extract in manifest.extracts:
        if sha256 in (extract.file.sha256, extract.content):
            return _of_extract(extract, instant)
        if sha256 in extract.earlier:
            return _of_extract(extract, instant, is_old=content != extract.content)
    if claims is None or claims.genesis != manifest.genesis:
        return Answer(Verdict.UNKNOWN)
    for extract in manifest.extracts:
        if (extract.kind, extract.id, extract.language) == (
            claims.kind,
            claims.id,
            claims.language,
        ):
            if content == extract.content:
                return Answer(Verdict.ALTERED, extract=extract)
            return _of_extract(extract, instant, is_old=True)
    return Answer(Verdict.OUTDATED)


def _of_extract(extract: PublishedExtract, instant: datetime, *, is_old: bool = False) -> Answer:
    is_current = extract.is_current_at(instant) and not is_old
    return Answer(Verdict.CURRENT if is_current else Verdict.OUTDATED, extract=extract)


def _sheets(manifest: Manifest) -> Iterator[PaperSheet]:
    """Yield the sheets that can be known without their PDF: of a text, and of a set released."""
    sets: dict[tuple[str, str], list[SheetText]] = defaultdict(list)
    for text in manifest.texts:
        listed = SheetText(text.subject)
        sets[text.release, text.subject.language].append(listed)
        yield PaperSheet(manifest.genesis, (listed,))
    for texts in sets.values():
        yield PaperSheet(manifest.genesis, tuple(sorted(texts)))


def _of_copy(copy: PublishedCopy, manifest: Manifest, instant: datetime) -> Answer:
    """Return the verdict on a controlled copy: that of its text, unless it must be returned."""
    text = _found(manifest, lambda each: each.subject == copy.subject)
    if text is None:
        return Answer(Verdict.UNKNOWN)
    answer, state = _answer(text, manifest, instant), copy.state_at(instant, text)
    verdict = answer.verdict
    if answer.is_in_force and state is not CopyState.HELD:
        verdict = Verdict.RECALLED
    return replace(answer, verdict=verdict, copy=copy, state=state)


def _answer(
    text: PublishedText, manifest: Manifest, instant: datetime, *, is_old: bool = False
) -> Answer:
    verdict = _OF_STATUS[text.status_at(instant)]
    if verdict is Verdict.IN_FORCE and is_old:
        verdict = Verdict.REISSUED
    return Answer(verdict, text, _in_force(text, manifest, instant))


def _in_force(text: PublishedText, manifest: Manifest, instant: datetime) -> PublishedText | None:
    """Return what is in force of a text's document, in its language, if it is another text."""
    wanted = (text.subject.id, text.subject.language)
    found = _found(
        manifest,
        lambda each: (
            (each.subject.id, each.subject.language) == wanted
            and each.status_at(instant) is Status.EFFECTIVE
        ),
    )
    return None if found is None or found.subject == text.subject else found


def _held(text: PublishedText) -> tuple[str, ...]:
    return (*_whole(text), text.master, *text.earlier)


def _whole(text: PublishedText) -> tuple[str, str]:
    """Return the digests of a published file, with and without its signature."""
    return text.file.sha256, text.build.sha256


def _subject(text: PublishedText) -> tuple[str, str, int, str]:
    subject = text.subject
    return subject.id, subject.language, subject.revision, subject.content


def _found(manifest: Manifest, fits: Callable[[PublishedText], bool]) -> PublishedText | None:
    return next((text for text in manifest.texts if fits(text)), None)
