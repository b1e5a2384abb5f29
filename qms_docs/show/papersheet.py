"""The approval sheet as a printable page: what is signed, and a box for each signature."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qms_docs import __version__
from qms_docs.judge import register
from qms_docs.judge.approvals import SEPARATE, Slot
from qms_docs.show import page, proof, qr, templates
from qms_docs.text import codes, papersheet
from qms_docs.text.messages import label
from qms_docs.text.papersheet import PaperSheet, SheetText
from qms_docs.words.authority import Authority, Person
from qms_docs.words.evidence import Meaning
from qms_docs.words.history import Landing
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.printing import Attached, PrintJob

_QR = f"{page.ASSET_BASE}sheet/qr.svg"


@dataclass(frozen=True)
class Told:
    """A text of a sheet, with what its reader is told of it."""

    text: SheetText
    shown: Document
    """What is signed, or the same document in the language of the sheet."""
    signed: Document
    before: int | None
    """The revision that it follows."""


@dataclass(frozen=True)
class Blank:
    """A sheet that nobody has signed yet: all of one commit, nothing of the clock."""

    sheet: PaperSheet
    told: tuple[Told, ...]
    slots: tuple[Slot, ...]
    """One for each signature that is asked for."""
    choices: tuple[Meaning, ...]
    """What a person can tick."""
    landing: Landing
    """The commit that it was made from."""


@dataclass(frozen=True)
class _Box:
    """Room for a signature, with what is printed in it."""

    heading: str
    role: str = ""
    holders: str = ""
    name: str = ""


def print_job(blank: Blank, manual: Manual, authority: Authority, language: str) -> PrintJob:
    """Return what the PDF engine needs to print a sheet in a language."""
    sheet, policy = blank.sheet, manual.policy
    boxes = [_box(slot, blank, manual, authority, language) for slot in blank.slots]
    html = templates.render(
        "papersheet.html",
        language=language,
        organisation=policy.in_language(policy.organisation, language),
        specimen=policy.specimen,
        sheet=sheet,
        told=blank.told,
        facts=[dict(_facts(each, language)) for each in blank.told],
        number="one" if len(blank.told) == 1 else "set",
        boxes=boxes,
        choices=[label(each, language) for each in blank.choices],
        made=proof.moment(blank.landing.instant, manual),
        commit=blank.landing.commit,
        ids=" ".join(dict.fromkeys(each.text.subject.id for each in blank.told)),
        qr=_QR,
        version=__version__,
    )
    data, description = papersheet.write(sheet), label("attached-sheet", language)
    attached = Attached(papersheet.NAME, data, "application/json", "Data", description)
    name = f"sheet-{sheet.digest[:12]}.{language}.pdf"
    return PrintJob(name, name, html, {_QR: qr.svg(sheet.digest)}, (attached,))


def _facts(told: Told, language: str) -> Iterator[tuple[str, str]]:
    """Yield what is printed of a text: key of the label and words."""
    subject, change = told.text.subject, told.shown.change
    before = told.before or label("paper-none-before", language)
    yield "revision", label("paper-step", language, before=before, after=subject.revision)
    yield "language", label("language-name", subject.language)
    yield "change", label(f"class-{change.grade}", language)
    yield "paper-text-code", codes.of_content(subject.content)
    yield "description", change.summary
    yield "reason", change.reason
    yield "content-digest", subject.content
    if told.text.translates:
        yield "paper-translates", told.text.translates


def _box(slot: Slot, blank: Blank, manual: Manual, authority: Authority, language: str) -> _Box:
    heading = label(f"paper-to-be-{slot.meaning}", language)
    if slot.meaning is Meaning.PREPARED and slot.who:
        return _Box(heading, name=_name(authority.people.get(slot.who), language) or slot.who)
    if slot.meaning not in SEPARATE:
        return _Box(heading)
    if slot.who.startswith("+"):
        return _Box(label("paper-one-more", language))
    holders = [
        _name(person, language)
        for person in authority.people.values()
        if person.holds(slot.who, blank.landing.instant)
    ]
    role = register.role_name(manual, slot.who, language)
    return _Box(heading, role, label("enumeration", language).join(holders))


def _name(person: Person | None, language: str) -> str:
    names: Mapping[str, str] = person.name if person else {}
    return names.get(language) or names.get("") or next(iter(names.values()), "")
