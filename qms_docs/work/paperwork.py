"""Approval on paper: the sheet that people sign by hand, and what a scan is registered for.

What a registrar vouches for is bound to the sheet, not to the scan alone: the code that is printed
on every page must be that of exactly the texts in the newest commit.
"""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qms_docs.edges import pdf, pdffiles, signatures, store, timestamps
from qms_docs.edges.workers import WorkerPool
from qms_docs.judge.approvals import SEPARATE, Slot
from qms_docs.judge.candidate import Candidate
from qms_docs.show import papersheet as pages
from qms_docs.show.papersheet import Blank, Told
from qms_docs.text import papersheet
from qms_docs.text.papersheet import PaperSheet
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Act, Grade, Meaning
from qms_docs.words.manual import Manual
from qms_docs.words.printing import PrintJob
from qms_docs.words.signatures import PdfSignature
from qms_docs.work import decide, workspace
from qms_docs.work.decide import Case

_SECONDS = 120.0
_JUDGED = (Meaning.REVIEWED, Meaning.APPROVED, Meaning.REJECTED)


def write(
    case: Case, ids: Sequence[str], meaning: Meaning, role: str | None, path: Path, language: str
) -> PaperSheet:
    """Print the sheet of some documents into a new file; nothing is recorded.

    With `role` only with the box of that role. Raises QmsError if no signature on paper would
    count, if the documents need different ones, or if there is such a file.
    """
    if path.exists() or path.is_symlink():
        raise QmsError("sheet-there", path=path)
    candidates = decide.candidates(case, ids)
    acts = decide.acts_of(candidates, meaning)
    sheet = papersheet.of(case.ledger.genesis, acts)
    if len(sheet.texts) > papersheet.MOST:
        raise QmsError("sheet-too-long", most=papersheet.MOST, count=len(sheet.texts))
    slots = _slots(candidates, meaning, role)
    manual = workspace.load(case.repository.commit(case.ledger.tip.commit))
    told = tuple(_told(each, case, manual, language) for each in sheet.texts)
    choices = _JUDGED if meaning in _JUDGED else (meaning,)
    blank = Blank(sheet, told, slots, choices, case.ledger.tip)
    authority = case.standing.rules.authority
    store.create_file(path, _printed(pages.print_job(blank, manual, authority, language)))
    return sheet


def _slots(candidates: Iterable[Candidate], meaning: Meaning, role: str | None) -> tuple[Slot, ...]:
    """Return the signatures that each of some documents lacks: they must lack the same ones."""
    lacking: dict[tuple[Slot, ...], list[str]] = {}
    for candidate in candidates:
        slots = _lacking(candidate, meaning)
        if role is not None and slots:
            slots = tuple(slot for slot in slots if slot.who == role)
            if not slots:
                raise QmsError("in-vain", reason="not-needed", id=candidate.id)
        if not slots:
            raise QmsError("sheet-needless", id=candidate.id)
        lacking.setdefault(slots, []).append(candidate.id)
    if len(lacking) > 1:
        groups = (
            f"{', '.join(ids)} ({', '.join(slot.who or '–' for slot in slots)})"
            for slots, ids in lacking.items()
        )
        raise QmsError("sheet-mixed", groups="; ".join(groups))
    return next(iter(lacking))


def _lacking(candidate: Candidate, meaning: Meaning) -> tuple[Slot, ...]:
    needed, result = candidate.requirement, candidate.result
    if needed is None or result is None:
        raise QmsError("no-requirement", id=candidate.id)
    if Grade.PAPER not in needed.grades:
        raise QmsError("in-vain", reason="grade", id=candidate.id)
    if meaning is Meaning.TRANSLATED:
        return (Slot(Meaning.TRANSLATED, ""),)
    wanted = SEPARATE if meaning in _JUDGED else (meaning,)
    return tuple(slot for slot in result.missing if slot.meaning in wanted)


def _told(text: papersheet.SheetText, case: Case, manual: Manual, language: str) -> Told:
    subject = text.subject
    there = {each.subject.language for each in case.texts(subject.id)}
    signed = manual.find(subject.id, subject.language)
    shown = manual.find(subject.id, language) if language in there else signed
    last = case.standing.last(subject.id, subject.language)
    if signed is None or shown is None:
        raise QmsError("broken-document", id=subject.id)
    return Told(text, shown, signed, last.subject.revision if last else None)


def _printed(job: PrintJob) -> bytes:
    pool = WorkerPool(1, _SECONDS)
    try:
        printed = pool.submit(pdf.render, job).result()
    finally:
        pool.shutdown(wait=False)
    if printed.troubles:  # nobody must sign what does not show
        raise QmsError("sheet-unprintable", detail=printed.troubles[0].detail)
    return printed.data


@dataclass(frozen=True)
class Scan:
    """A signed sheet as a registrar has it."""

    digest: str
    """SHA-256 of the file."""
    carried: bytes | None = None
    """`sheet.json`, where a PDF was signed as it is, in an office system."""
    signature: PdfSignature | None = None
    """Its electronic signature, which is told to the registrar and proves nothing here."""
    is_unexamined: bool = False
    """Whether it has one that nobody could look at: the extra `sign` is missing."""


def scanned(path: Path) -> Scan:
    """Return what is known of a scan; raises QmsError if it cannot be read.

    What is no PDF of ours, or damaged, or locked, is a picture like any other.
    """
    try:
        data = store.read_file(path)
    except QmsError as error:
        if error.key != "file-too-large":
            raise
        return Scan(store.digest_of(path))
    digest = hashlib.sha256(data).hexdigest()
    if not pdffiles.is_pdf(data):
        return Scan(digest)
    carried = None
    with suppress(QmsError):
        carried = pdffiles.attached(data, papersheet.NAME, path)
    if not signatures.is_signed(data):
        return Scan(digest, carried)
    if not timestamps.is_installed():
        return Scan(digest, carried, is_unexamined=True)
    return Scan(digest, carried, signatures.read(data))


def registered(case: Case, acts: Iterable[Act], scan: Scan, typed: str) -> str:
    """Return the digest of the sheet that was signed: it must be the one of exactly these acts.

    `typed` is what its pages bear. It is asked for even where the PDF carries the sheet inside: who
    signed has seen the pages, and who prepared the file could have put another sheet into it.
    Raises QmsError if the one or the other is another sheet.
    """
    wanted = papersheet.of(case.ledger.genesis, acts)
    ids = " ".join(dict.fromkeys(each.subject.id for each in wanted.texts))
    _refuse_other(scan.carried, wanted, ids)
    if not papersheet.is_name(typed):
        raise QmsError("no-sheet-code", code=typed)
    if not papersheet.is_named(wanted, typed):
        raise QmsError("other-code", code=typed, wanted=_named(wanted), ids=ids)
    return wanted.digest


def _refuse_other(carried: bytes | None, wanted: PaperSheet, ids: str) -> None:
    """Raise QmsError if a PDF carries another sheet, or one that somebody has edited."""
    if carried is None:
        return
    found = papersheet.read(carried)
    if found is not None and found.manual != wanted.manual:
        raise QmsError("foreign-sheet", manual=found.manual[:12])
    if found != wanted:
        named = _named(found) if found else "–"
        raise QmsError("other-sheet", sheet=named, wanted=_named(wanted), ids=ids)


def _named(sheet: PaperSheet) -> str:
    """Return the texts of a sheet, each with the beginning of its content digest."""
    return ", ".join(
        f"{each.subject.id} r{each.subject.revision} {each.subject.content[:12]}…"
        for each in sheet.texts
    )
