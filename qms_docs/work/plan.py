"""What a publication must hold at an instant, and what of it is there already.

Every PDF has a digest of all its inputs. Those whose digest the current publication names are
taken from it, after their bytes have been compared with its manifest; the others are printed.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from qms_docs.edges import renderers, stamps
from qms_docs.judge import disclosure, reviews
from qms_docs.judge.lifecycle import Life
from qms_docs.show import page, proof
from qms_docs.text import records
from qms_docs.words.evidence import Subject
from qms_docs.words.issues import Issue, Released
from qms_docs.words.manual import Manual
from qms_docs.words.model import Status
from qms_docs.words.publication import Manifest, PublishedText
from qms_docs.work.extracts import ExtractStep

FOLDERS: Mapping[Status, str] = {
    Status.RELEASED: "coming",
    Status.SUPERSEDED: "superseded",
    Status.WITHDRAWN: "withdrawn",
    Status.EXPIRED: "expired",
}
"""Status of what is not in force → folder in which it is published, apart and marked."""


class Reason(StrEnum):
    """Why a PDF is made, or is not."""

    SAME = "same"
    """Nothing has changed: the file is taken as it is."""
    NEW = "new"
    """The text was not published before."""
    STATUS = "status"
    """It has taken effect or come to an end."""
    FACTS = "facts"
    """The text is the same; what its pages say of it is not, such as the day of its review."""
    PROGRAM = "program"
    """The program or a library that prints is another."""
    DAMAGED = "damaged"
    """The published file is not what its manifest says."""
    SIGNER = "signer"
    """Its text and pages are the same; another certificate signs now, or one signs at all."""


@dataclass(frozen=True)
class Wanted:
    """A PDF that a publication must hold."""

    life: Life
    name: str
    review_due: datetime
    inputs: str
    """Digest of everything that decides its bytes."""
    attached: tuple[str, ...]
    """What it carries inside beside its facts."""
    master: str
    """The same of the PDF without a mark: equal to `inputs` while the text is in force."""
    mark: str = ""
    """HTML of what stands across the pages of a text that is not in force."""

    @property
    def issue(self) -> Issue:
        """The release that is printed."""
        return self.life.issue


@dataclass(frozen=True)
class Step:
    """What is to be done for one PDF."""

    wanted: Wanted
    reason: Reason
    kept: PublishedText | None = None
    """The published file that has the bytes already, or all but the signature (Reason.SIGNER)."""
    source: PublishedText | None = None
    """The published file without a mark, which only has to be marked."""


@dataclass(frozen=True)
class Plan:
    """How one publication follows from the one before."""

    steps: tuple[Step, ...]
    gone: tuple[PublishedText, ...]
    """What was published and is no longer."""
    withheld: int = 0
    """Texts that are released and that the publication does not contain: not for its readers."""
    extracts: tuple[ExtractStep, ...] = ()
    """What is generated from the texts in force."""

    @property
    def made(self) -> tuple[Step, ...]:
        """What must be printed, marked or signed."""
        return tuple(step for step in self.steps if step.reason is not Reason.SAME)

    @property
    def pressed(self) -> tuple[Step, ...]:
        """What must be printed or marked."""
        return tuple(step for step in self.steps if step.kept is None)

    @property
    def drawn(self) -> tuple[ExtractStep, ...]:
        """The extracts that must be printed."""
        return tuple(step for step in self.extracts if step.kept is None)


@cache
def tools() -> Mapping[str, str]:
    """Return the program and the libraries that decide the bytes of a PDF, with their versions."""
    return {**stamps.tools(), **renderers.versions()}


def wanted(manual: Manual, by: Mapping[str, str]) -> Iterator[Wanted]:
    """Yield every PDF that a publication must hold: in force, coming, and come to an end.

    `manual` is what was released at an instant; its policy words the marks.
    """
    assert manual.as_of is not None
    for life in disclosure.lives(manual):
        issue = life.issue
        due = reviews.due(issue, manual.released, manual.as_of)
        assert issue.document is not None
        attached = disclosure.attached(issue.document, manual.policy)
        facts = {**_facts(issue, manual.released, due), "attached": sorted(attached)}
        master = _digest({"by": by, "facts": facts})
        if life.status is Status.EFFECTIVE:
            yield Wanted(life, name_of(life), due, master, attached, master)
        else:
            mark = proof.mark(life, manual, issue.subject.language)
            inputs = _digest({"master": master, "mark": mark})
            yield Wanted(life, name_of(life), due, inputs, attached, master, mark)


def name_of(life: Life) -> str:
    """Return where the PDF of a revision stands in a publication."""
    document, subject = life.issue.document, life.issue.subject
    assert document is not None
    if life.status is Status.EFFECTIVE:
        return page.file_name(document)
    return f"{FOLDERS[life.status]}/{subject.id}.r{subject.revision}.{subject.language}.pdf"


def plan(
    wants: Iterable[Wanted],
    before: Manifest | None,
    by: Mapping[str, str],
    is_whole: Callable[[PublishedText], bool],
    has_signed: Callable[[PublishedText], bool] = lambda _: True,
    *,
    may_sign_kept: bool = True,
) -> Plan:
    """Return what is to be done after a publication; `is_whole` tells which files are in order.

    `has_signed` tells which of them need no other signature. The others are signed again without
    being printed, if `may_sign_kept`.
    """
    texts = before.texts if before else ()
    known = {text.inputs: text for text in texts if is_whole(text)}
    of = {text.subject: text for text in texts}
    wants = tuple(wants)
    steps = []
    for want in wants:
        kept = known.get(want.inputs)
        is_same_program = before is not None and before.tools == by
        if kept is None:
            reason = _reason(want, of.get(want.issue.subject), is_same_program)
        else:
            reason = Reason.SAME if has_signed(kept) else Reason.SIGNER
            kept = kept if may_sign_kept or reason is Reason.SAME else None
        steps.append(Step(want, reason, kept, None if kept else known.get(want.master)))
    there = {want.issue.subject for want in wants}
    return Plan(tuple(steps), tuple(text for text in texts if text.subject not in there))


def _reason(want: Wanted, text: PublishedText | None, is_same_program: bool) -> Reason:
    if text is None:
        return Reason.NEW
    if text.file.name != want.name:  # in the folder of another status
        return Reason.STATUS
    if text.inputs == want.inputs:
        return Reason.DAMAGED
    return Reason.FACTS if is_same_program else Reason.PROGRAM


def _facts(issue: Issue, released: Released, due: datetime) -> Mapping[str, object]:
    """Return all that a page can show of a release: the rest stands in its commit, which is named.

    A release record names what was approved and by whom; where and when it landed decides the rest.
    """
    history = [
        (each.release, each.landing.commit, each.effective.isoformat())
        for each in released.issues[issue.subject.id]
        if each.subject.language == issue.subject.language
        and each.subject.revision <= issue.subject.revision
    ]
    return {
        "genesis": released.genesis,
        "subject": _told(issue.subject),
        "path": issue.released.path,
        "due": due.isoformat(),
        "history": history,
    }


def _told(subject: Subject) -> list[str]:
    return [subject.id, subject.language, str(subject.revision), subject.content]


def _digest(value: object) -> str:
    return hashlib.sha256(records.canonical(value)).hexdigest()
