"""Publish what was released: each text as it was then, whatever the tree says today."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from qms_docs.edges import shelf
from qms_docs.edges.git import Repository
from qms_docs.edges.shelf import Edition, Shelf
from qms_docs.judge import disclosure
from qms_docs.rules import rendering
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual
from qms_docs.words.printing import Pressed
from qms_docs.words.publication import Manifest, PublishedText
from qms_docs.work import extracts, history, inventory, pdfsigning, plan, sealing, sheets
from qms_docs.work.batch import Progress
from qms_docs.work.pdfsigning import NOBODY, Signed, Signing
from qms_docs.work.plan import Plan
from qms_docs.work.standing import Standing


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
    signing: Signing = NOBODY,
) -> Publication:
    """Publish what was released at an instant, or at a day's end, as the next number of a shelf.

    It contains what the policy says of the publication with a `name` (default: the usual one).
    Only what has changed is printed, unless `afresh`. With a `key` the manifest is signed, and
    nothing is taken from a publication that this key has not signed. `signing` says who signs the
    PDFs, and who stamps the manifest with the time. A text that cannot be printed is a finding, and
    then the publication before stays what readers see. Raises QmsError if the manual has not
    begun, the engine cannot start, there is no such publication, the folder holds another one, is
    in use or cannot be written.
    """
    then = history.then(repository, when, name)
    with shelf.opened(folder) as place:
        before = _before(place, then.manual, folder)
        trusted = before if sealing.is_trusted(before, key) else None
        standing = Standing(then, repository)
        steps = planned(standing, None if afresh else trusted, key, signing)
        findings: list[Finding] = []
        if steps.made:
            pdfsigning.rehearse(signing)
        source = trusted if pdfsigning.may_sign_kept(key, signing) else None
        wanted = chain(
            sheets.sheets(repository, then.manual, steps, source, findings),
            extracts.sheets(steps.drawn, standing),
        )
        pressed = sheets.pressed(wanted, opened, progress) if steps.pressed or steps.drawn else {}
        findings += (each for one in pressed.values() for each in rendering.unprinted(one.printed))
        if findings:
            return Publication(steps, before, False, tuple(findings))
        signed = pdfsigning.signed(steps, trusted, pressed, signing, progress)
        contents = inventory.taken(standing, steps, trusted, pressed, signed)
        manifest = contents.manifest
        if (
            trusted
            and _is_same(manifest, steps, trusted)
            and pdfsigning.is_stamped(trusted, signing)
        ):
            return Publication(steps, trusted, False)
        files = _files(steps, trusted, pressed, signed, contents.pages)
        seal = sealing.seal(manifest, key) if key else ""
        stamp = pdfsigning.stamp(manifest, signing)
        return Publication(steps, place.add(files, manifest, seal, stamp), True)


def foreseen(
    repository: Repository,
    folder: Path,
    when: date,
    *,
    name: str = "",
    afresh: bool = False,
    key: Path | None = None,
    signing: Signing = NOBODY,
) -> Plan:
    """Return what `publish` would do; nothing is written. Raises QmsError as it does."""
    then = history.then(repository, when, name)
    before = _before(shelf.Shelf(folder), then.manual, folder)
    trusted = before if sealing.is_trusted(before, key) else None
    return planned(Standing(then, repository), None if afresh else trusted, key, signing)


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
    standing: Standing, before: Edition | None, key: Path | None = None, signing: Signing = NOBODY
) -> Plan:
    """Return what a publication of an instant needs, after the one before."""
    by, manual = plan.tools(), standing.then.manual
    wants = sorted(plan.wanted(manual, by), key=lambda want: want.name)

    def is_whole(text: PublishedText) -> bool:
        return before is not None and before.read(text.file) is not None

    def has_signed(text: PublishedText) -> bool:
        return pdfsigning.has_signed(text, before, key, signing)

    may_sign_kept = pdfsigning.may_sign_kept(key, signing)
    manifest = before.manifest if before else None
    made = plan.plan(wants, manifest, by, is_whole, has_signed, may_sign_kept=may_sign_kept)
    drawn = extracts.planned(standing, before, by)
    return replace(made, withheld=disclosure.withheld(manual), extracts=drawn)


def _is_same(manifest: Manifest, steps: Plan, before: Edition) -> bool:
    """Tell whether readers have all of it already: only the clock has gone on.

    What the plan keeps has been compared with the manifest before.
    """
    unseen = manifest.files() if steps.made or steps.drawn else manifest.pages
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
    for each in steps.extracts:
        name = each.extract.name
        data = before.read(each.kept.file) if before and each.kept else None
        yield name, pressed[name].printed.data if data is None else data
    yield from pages.items()
