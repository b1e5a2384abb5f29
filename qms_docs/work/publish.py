"""Publish what was released: each text as it was then, whatever the tree says today."""

import hashlib
from collections.abc import Callable, Container, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from pathlib import Path

from qms_docs.edges import shelf
from qms_docs.edges.git import Repository
from qms_docs.edges.shelf import Edition, Shelf
from qms_docs.judge import disclosure, lifecycle, recall
from qms_docs.rules import rendering
from qms_docs.show import portal
from qms_docs.text import codes
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Subject
from qms_docs.words.findings import Finding
from qms_docs.words.history import Landing
from qms_docs.words.manual import Manual
from qms_docs.words.model import Status
from qms_docs.words.printing import Pressed
from qms_docs.words.publication import Manifest, PublishedCopy, PublishedFile, PublishedText
from qms_docs.work import history, pdfsigning, plan, sealing, sheets
from qms_docs.work.history import Then
from qms_docs.work.pdfsigning import NOBODY, Desk, Signed
from qms_docs.work.plan import Plan, Step
from qms_docs.work.preview import Progress


@dataclass(frozen=True)
class Publication:
    """What became of a publication."""

    plan: Plan
    edition: Edition | None
    """What readers see now; None where nothing was ever published."""
    is_new: bool
    findings: tuple[Finding, ...] = ()
    """What could not be printed as written; then readers see what they saw before."""


def publish(
    repository: Repository,
    folder: Path,
    when: date,
    opened: Callable[[], Executor],
    progress: Progress,
    *,
    name: str = "",
    afresh: bool = False,
    key: Path | None = None,
    desk: Desk = NOBODY,
) -> Publication:
    """Publish what was released at an instant, or at a day's end, as the next number of a shelf.

    It contains what the policy says of the publication with a `name` (default: the usual one).
    Only what has changed is printed, unless `afresh`. With a `key` the manifest is signed, and
    nothing is taken from a publication that this key has not signed. The `desk` signs PDFs, and
    has the manifest stamped with the time. A text that cannot be printed
    is a finding, and then the publication before stays what readers see. Raises QmsError if the
    manual has not begun, the engine cannot start, there is no such publication, the folder holds
    another one, is in use or cannot be written.
    """
    then = history.then(repository, when, name)
    with shelf.opened(folder) as place:
        before = _before(place, then.manual, folder)
        trusted = before if sealing.is_trusted(before, key) else None
        steps = planned(then, None if afresh else trusted, key, desk)
        findings: list[Finding] = []
        if steps.made:
            pdfsigning.rehearse(desk)
        source = trusted if pdfsigning.may_sign_kept(key, desk) else None
        wanted = sheets.sheets(repository, then.manual, steps, source, findings)
        pressed = sheets.pressed(wanted, opened, progress) if steps.pressed else {}
        findings += (each for one in pressed.values() for each in rendering.unprinted(one.printed))
        if findings:
            return Publication(steps, before, False, tuple(findings))
        zone = then.manual.released.zone
        signed = pdfsigning.signed(steps, trusted, pressed, desk, progress)
        texts = tuple(_text(step, trusted, pressed, signed, zone) for step in steps.steps)
        copies = tuple(_copies(then.manual, {text.subject for text in texts}))
        pages = _pages(then, texts, copies)
        manifest = _manifest(then, texts, copies, pages)
        if trusted and _is_same(manifest, steps, trusted) and pdfsigning.is_stamped(trusted, desk):
            return Publication(steps, trusted, False)
        files = _files(steps, trusted, pressed, signed, pages)
        seal = sealing.seal(manifest, key) if key else ""
        stamp = pdfsigning.stamp(manifest, desk)
        return Publication(steps, place.add(files, manifest, seal, stamp), True)


def foreseen(
    repository: Repository,
    folder: Path,
    when: date,
    *,
    name: str = "",
    afresh: bool = False,
    key: Path | None = None,
    desk: Desk = NOBODY,
) -> Plan:
    """Return what `publish` would do; nothing is written. Raises QmsError as it does."""
    then = history.then(repository, when, name)
    before = _before(shelf.Shelf(folder), then.manual, folder)
    trusted = before if sealing.is_trusted(before, key) else None
    return planned(then, None if afresh else trusted, key, desk)


def _before(place: Shelf, manual: Manual, folder: Path) -> Edition | None:
    """Return the publication before; raises QmsError if it is for other readers.

    What they may not see stands in its earlier numbers.
    """
    before = place.current()
    if before and before.manifest.publication != manual.publication:
        other = before.manifest.publication or "–"
        raise QmsError("other-publication", path=folder, name=other, wanted=manual.publication)
    return before


def planned(
    then: Then, before: Edition | None, key: Path | None = None, desk: Desk = NOBODY
) -> Plan:
    """Return what a publication of an instant needs, after the one before."""
    by = plan.tools()
    wants = sorted(plan.wanted(then.manual, by), key=lambda want: want.name)

    def is_whole(text: PublishedText) -> bool:
        return before is not None and before.read(text.file) is not None

    def has_signed(text: PublishedText) -> bool:
        return pdfsigning.has_signed(text, before, key, desk)

    may_sign_kept = pdfsigning.may_sign_kept(key, desk)
    manifest = before.manifest if before else None
    made = plan.plan(wants, manifest, by, is_whole, has_signed, may_sign_kept=may_sign_kept)
    assert then.manual.as_of is not None
    every = sum(1 for _ in lifecycle.lives(then.manual.released, then.manual.as_of))
    return replace(made, withheld=every - len(wants))


def _text(
    step: Step,
    before: Edition | None,
    pressed: Mapping[str, Pressed],
    signed: Mapping[str, Signed],
    zone: tzinfo,
) -> PublishedText:
    """Return what the manifest says of a PDF, with instants in the manual's time zone."""
    want, kept = step.wanted, step.kept
    issue, document = want.issue, want.issue.document
    assert document is not None
    if kept:
        file, pages, master = replace(kept.file, name=want.name), kept.pages, kept.master
    else:
        made = pressed[want.name]
        file, pages, master = _file(want.name, made.printed.data), made.printed.pages, made.master
    unsigned = kept.unsigned if kept else None
    if want.name in signed:
        file, unsigned = _file(want.name, signed[want.name].data), signed[want.name].build
    build = unsigned.sha256 if unsigned else file.sha256
    return PublishedText(
        file=file,
        subject=issue.subject,
        title=document.title,
        classification=document.control.classification,
        begin=issue.effective.astimezone(zone),
        end=want.life.until.astimezone(zone) if want.life.until else None,
        ended_by=want.life.ended_by,
        review_due=want.review_due,
        release=issue.release,
        evidence=tuple(sorted({each.record for each in issue.approvals})),
        commit=issue.landing.commit,
        code=codes.code_of(issue.release, issue.subject.id, issue.subject.language),
        pages=pages,
        inputs=want.inputs,
        master=master,
        earlier=_earlier(issue.subject, before, {file.sha256, master, build}),
        unsigned=unsigned,
    )


def _earlier(subject: Subject, before: Edition | None, now: set[str]) -> tuple[str, ...]:
    """Return the digests of what readers may hold of a text from before."""
    texts = before.manifest.texts if before else ()
    held = (
        digest
        for text in texts
        if text.subject == subject
        for digest in (*text.earlier, text.master, text.build.sha256, text.file.sha256)
    )
    return tuple(dict.fromkeys(digest for digest in held if digest not in now))


def _pages(
    then: Then, texts: tuple[PublishedText, ...], copies: tuple[PublishedCopy, ...]
) -> Mapping[str, bytes]:
    """Return the portal: name → bytes."""
    manual = then.manual
    assert manual.as_of is not None
    shown = [
        life.issue.document
        for life in disclosure.lives(manual)
        if life.status is Status.EFFECTIVE and life.issue.document
    ]
    order = sorted(shown, key=lambda each: (each.id, not each.is_master, each.language))
    links = {(t.subject.id, t.subject.language, t.subject.revision): t.file.name for t in texts}
    manual = replace(manual, documents=tuple(order))
    return dict(sorted(portal.files(manual, links, _tip(then).instant, texts, copies)))


def _manifest(
    then: Then,
    texts: tuple[PublishedText, ...],
    copies: tuple[PublishedCopy, ...],
    pages: Mapping[str, bytes],
) -> Manifest:
    assert then.manual.as_of is not None
    return Manifest(
        publication=then.manual.publication,
        genesis=then.manual.released.genesis,
        tip=_tip(then).commit,
        as_of=then.manual.as_of.astimezone(then.manual.released.zone),
        texts=texts,
        pages=tuple(_file(name, data) for name, data in pages.items()),
        tools=plan.tools(),
        copies=copies,
    )


def _copies(manual: Manual, published: Container[Subject]) -> Iterator[PublishedCopy]:
    """Yield what readers may ask of controlled copies, with instants in the manual's time zone."""
    assert manual.as_of is not None
    zone = manual.released.zone
    for copy, state in recall.standings(manual.released, manual.as_of):
        if copy.subject not in published:
            continue
        yield PublishedCopy(
            number=copy.number,
            subject=copy.subject,
            holder=copy.holder,
            sha256=copy.sha256,
            state=state,
            issued=copy.issue.landing.instant.astimezone(zone),
            until=copy.until.astimezone(zone) if copy.until else None,
            record=copy.issue.record,
        )


def _tip(then: Then) -> Landing:
    """Return the last landing that was known at the instant."""
    as_of = then.manual.as_of
    known = (
        each for each in reversed(then.ledger.line.values()) if as_of and each.instant <= as_of
    )
    return next(known)


def _is_same(manifest: Manifest, steps: Plan, before: Edition) -> bool:
    """Tell whether readers have all of it already: only the clock has gone on.

    What the plan keeps has been compared with the manifest before.
    """
    unseen = manifest.files() if steps.made else manifest.pages
    same = replace(manifest, as_of=before.manifest.as_of) == before.manifest
    return same and all(before.read(file) is not None for file in unseen)


def _files(
    steps: Plan,
    before: Edition | None,
    pressed: Mapping[str, Pressed],
    signed: Mapping[str, Signed],
    pages: Mapping[str, bytes],
) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every file of a publication."""
    for step in steps.steps:
        name = step.wanted.name
        if name in signed:
            yield name, signed[name].data
            continue
        if step.kept is None:
            yield name, pressed[name].printed.data
            continue
        data = before.read(step.kept.file) if before else None
        if data is None:
            raise QmsError("changed-meanwhile", path=step.kept.file.name)
        yield name, data
    yield from pages.items()


def _file(name: str, data: bytes) -> PublishedFile:
    return PublishedFile(name, hashlib.sha256(data).hexdigest(), len(data))
