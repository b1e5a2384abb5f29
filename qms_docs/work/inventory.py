"""What a publication contains, as its manifest says it: texts, portal, controlled copies."""

import hashlib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo

from qms_docs.edges.shelf import Edition
from qms_docs.judge import disclosure, recall
from qms_docs.show import portal
from qms_docs.text import codes
from qms_docs.words.evidence import Subject
from qms_docs.words.history import Landing
from qms_docs.words.manual import Manual
from qms_docs.words.model import Status
from qms_docs.words.printing import Pressed
from qms_docs.words.publication import (
    Manifest,
    PublishedCopy,
    PublishedExtract,
    PublishedFile,
    PublishedText,
)
from qms_docs.work import extracts, plan
from qms_docs.work.history import Then
from qms_docs.work.pdfsigning import Signed
from qms_docs.work.plan import Plan, Step
from qms_docs.work.standing import Standing


@dataclass(frozen=True)
class Inventory:
    """All of a publication but the PDFs themselves."""

    manifest: Manifest
    pages: Mapping[str, bytes]
    """The portal: name → bytes."""


def taken(
    standing: Standing,
    steps: Plan,
    before: Edition | None,
    pressed: Mapping[str, Pressed],
    signed: Mapping[str, Signed],
) -> Inventory:
    """Return what a publication contains that a plan and its outcome make, after the one before."""
    then = standing.then
    zone = then.manual.released.zone
    texts = tuple(_text(step, before, pressed, signed, zone) for step in steps.steps)
    copies = tuple(_copies(then.manual, {text.subject for text in texts}))
    drawn = tuple(extracts.published(step, pressed, before) for step in steps.extracts)
    pages = dict(_pages(then, texts, copies, drawn))
    pages |= extracts.overviews(steps.extracts, standing, before)
    pages = dict(sorted(pages.items()))
    manifest = replace(_manifest(then, texts, copies, pages), extracts=drawn)
    return Inventory(manifest, pages)


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
    then: Then,
    texts: tuple[PublishedText, ...],
    copies: tuple[PublishedCopy, ...],
    drawn: tuple[PublishedExtract, ...],
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
    return dict(sorted(portal.files(manual, links, _tip(then).instant, texts, copies, drawn)))


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


def _file(name: str, data: bytes) -> PublishedFile:
    return PublishedFile(name, hashlib.sha256(data).hexdigest(), len(data))
