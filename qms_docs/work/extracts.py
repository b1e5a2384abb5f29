"""The extracts of a publication: which there must be, what of them is there, and their pages.

Each follows from an origin: the texts, registers and policy from which it is made, by digests. One
with the same origin, made by the same program, is taken from the publication before, unread.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from qms_docs.edges.shelf import Edition
from qms_docs.judge import cards, disclosure, extracts, processmap
from qms_docs.show import extracts as pages
from qms_docs.show import rolecards
from qms_docs.text import codes, records
from qms_docs.text import extracts as origins
from qms_docs.text.messages import label
from qms_docs.words.extracts import CARDS, MAP, Extract, Origin, ProcessMap
from qms_docs.words.manual import Manual
from qms_docs.words.printing import Pressed, PrintJob, Sheet
from qms_docs.words.publication import Manifest, PublishedExtract, PublishedFile
from qms_docs.words.tables import Table
from qms_docs.work.standing import Standing
from qms_docs.work.views import VIEWS


@dataclass(frozen=True)
class ExtractStep:
    """What is to be done for one extract."""

    extract: Extract
    inputs: str
    """Digest of its origin and of the program that prints it."""
    kept: PublishedExtract | None
    """The published file that has its bytes already."""


def planned(
    standing: Standing, before: Edition | None, by: Mapping[str, str]
) -> tuple[ExtractStep, ...]:
    """Return what extracts a publication needs, after the one before."""
    there = before.manifest.extracts if before else ()
    known = {each.inputs: each for each in there if before and before.read(each.file)}
    steps = []
    for extract in sorted(wanted(standing), key=lambda each: each.name):
        told = records.canonical({"by": by, "content": extract.content})
        inputs = hashlib.sha256(told).hexdigest()
        steps.append(ExtractStep(extract, inputs, known.get(inputs)))
    return tuple(steps)


def wanted(standing: Standing) -> Iterator[Extract]:
    """Yield the extracts of what is in force, as the policy in force wants them.

    They are for the readers of the usual publication: others get single documents.
    """
    manual = standing.then.manual
    policy = manual.policy
    usual = disclosure.usual_publication(policy)
    if manual.publication != usual or not standing.in_force:
        return
    for kind in policy.extracts:
        for language in policy.languages:
            if kind == CARDS:
                for role in _roles(standing):
                    yield _extract(standing, kind, role, language)
            elif kind == MAP or kind in VIEWS:
                yield _extract(standing, kind, "", language)


def _roles(standing: Standing) -> list[str]:
    """Return the roles whose sheet is in force."""
    role = standing.then.manual.policy.types.get("role")
    found = {
        life.issue.subject.id
        for life in standing.in_force
        if role and life.issue.document and life.issue.document.control.type == role.key
    }
    return sorted(found)


def _extract(standing: Standing, kind: str, role: str, language: str) -> Extract:
    manual = standing.then.manual
    assert manual.as_of is not None
    read = {language, manual.policy.master}
    lives = [
        life
        for life in standing.lives
        if life.issue.subject.language in read
        and (not role or role in standing.named[life.issue.subject])
    ]
    extent = extracts.extent(lives, manual.as_of)
    texts = extracts.in_force(lives)
    origin = Origin(
        kind=kind,
        id=role,
        language=language,
        genesis=manual.released.genesis,
        since=extent.since.astimezone(manual.released.zone).isoformat(),
        policy=standing.policy,
        texts=tuple(life.issue.subject for life in texts),
        registers={
            path: hashlib.sha256(data).hexdigest() for path, data in standing.registers.items()
        },
    )
    return Extract(
        origin=origin,
        extent=extent,
        content=origins.digest(origin),
        title=_title(kind, role, language, standing),
        classification=extracts.classification(texts, manual.policy),
    )


def _title(kind: str, role: str, language: str, standing: Standing) -> str:
    if kind != CARDS:
        return label(f"extract-{kind}", language)
    manual = standing.then.manual
    sheet = manual.find(role, language) or manual.find(role)
    return sheet.title if sheet else role


def sheets(steps: Iterable[ExtractStep], standing: Standing) -> Iterator[Sheet]:
    """Yield what is to be printed. Raises QmsError if a text can no longer be read."""
    for step in steps:
        if step.kept is None:
            name = step.extract.name
            yield Sheet(name, name, _job(step.extract, standing))


def _job(extract: Extract, standing: Standing) -> PrintJob:
    origin, manual = extract.origin, standing.manual
    if origin.kind == CARDS:
        return rolecards.job(extract, manual, cards.card(manual, origin.id, origin.language))
    return pages.listing(extract, manual, *_listed(origin, manual))


def _listed(origin: Origin, manual: Manual) -> tuple[Table, ProcessMap | None]:
    """Return what an extract lists, and the map that stands above it."""
    if origin.kind == MAP:
        found = processmap.process_map(manual, origin.language)
        return VIEWS["processes"](manual, origin.language), found if found.groups else None
    return VIEWS[origin.kind](manual, origin.language), None


def overviews(
    steps: Iterable[ExtractStep], standing: Standing, before: Edition | None
) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of the portal that show the lists and the map."""
    there = {page.name: page for page in before.manifest.pages} if before else {}
    for step in steps:
        origin = step.extract.origin
        if origin.kind == CARDS:
            continue
        name = pages.overview_name(origin.kind, origin.language, standing.then.manual.policy)
        kept = there.get(name) if step.kept else None
        data = before.read(kept) if before and kept else None
        if data is None:
            manual = standing.manual
            data = pages.overview(step.extract, manual, *_listed(origin, manual))
        yield name, data


def published(
    step: ExtractStep, pressed: Mapping[str, Pressed], before: Edition | None
) -> PublishedExtract:
    """Return what the manifest says of an extract."""
    extract, kept = step.extract, step.kept
    origin, until = extract.origin, extract.extent.until
    if kept is not None:
        file, count = kept.file, kept.pages
    else:
        printed = pressed[extract.name].printed
        digest = hashlib.sha256(printed.data).hexdigest()
        file, count = PublishedFile(extract.name, digest, len(printed.data)), printed.pages
    since = datetime.fromisoformat(origin.since)
    return PublishedExtract(
        file=file,
        kind=origin.kind,
        id=origin.id,
        language=origin.language,
        title=extract.title,
        classification=extract.classification,
        begin=since,
        end=until.astimezone(since.tzinfo) if until else None,
        content=extract.content,
        code=codes.of_content(extract.content),
        pages=count,
        inputs=step.inputs,
        earlier=_earlier(extract, before, file),
    )


def _earlier(extract: Extract, before: Edition | None, now: PublishedFile) -> tuple[str, ...]:
    """Return digests of what readers may hold of an extract from before: contents and files."""
    there: Manifest | None = before.manifest if before else None
    held = (
        digest
        for each in (there.extracts if there else ())
        if each.file.name == extract.name
        for digest in (*each.earlier, each.content, each.file.sha256)
    )
    return tuple(dict.fromkeys(d for d in held if d not in (extract.content, now.sha256)))
