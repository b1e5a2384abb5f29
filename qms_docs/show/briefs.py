"""What a reviewer is told of a pull request: values, of which comment and page are made.

The words of these values are in the reader's language already; texts come from the pull request
and are believed in nothing.
"""

from dataclasses import dataclass, field

from qms_docs.show.comparison import Comparison
from qms_docs.text.messages import label
from qms_docs.text.redline import Fact
from qms_docs.text.redline.passages import Passage
from qms_docs.words.evidence import Grade, Meaning

_TOLD = ("revision", "status", "change", "reason", "review-due")


@dataclass(frozen=True)
class Word:
    """What a document needs: that somebody says something of it."""

    meaning: Meaning
    who: str
    """The role, in words; of `prepared` a person, if the text names one."""
    person: str = ""
    """Who has said it of exactly this text; empty if nobody has."""
    grade: Grade | None = None


@dataclass(frozen=True)
class Said:
    """What somebody has said that does not count now."""

    meaning: Meaning
    person: str
    grade: Grade
    reason: str = ""
    """A label `reason-…`; empty where it was said of another content, which has changed since."""


@dataclass(frozen=True)
class Rendition:
    """One language of a document beside the master."""

    language: str
    revision: int
    """0 if there is no text."""
    is_needed: bool
    is_behind: bool
    """It is no text of the revision of the master."""
    person: str = ""
    """Who has said of exactly this text that it is a translation of exactly this master."""
    grade: Grade | None = None


@dataclass(frozen=True)
class Point:
    """Something to correct."""

    sentence: str
    hint: str = ""
    place: str = ""
    is_warning: bool = False


@dataclass(frozen=True)
class Alteration:
    """What changed in one language."""

    language: str
    passages: tuple[Passage, ...]
    comparison: Comparison | None = None
    """None of data, which are lines and no page."""


@dataclass(frozen=True)
class Sheet:
    """One document of a pull request."""

    id: str
    title: str
    revision: int
    before: int = 0
    """The revision whose place it takes; 0 if nothing was released yet."""
    grade: str = ""
    """Class of the change; empty of data, which have none."""
    reason: str = ""
    summary: str = ""
    words: tuple[Word, ...] = ()
    rejections: tuple[Said, ...] = ()
    lapsed: tuple[Said, ...] = ()
    """What was said of it as it stood before."""
    dismissed: tuple[Said, ...] = ()
    points: tuple[Point, ...] = ()
    renditions: tuple[Rendition, ...] = ()
    used_by: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    assessed: tuple[str, ...] = ()
    """What people are assessed by because this document asks for it."""
    alterations: tuple[Alteration, ...] = ()
    drafts: tuple[str, ...] = ()
    """Names of the draft PDFs."""
    is_data: bool = False
    """Authority, policy or waivers: no click counts for them."""
    is_judged: bool = True
    """False if its text is not in order, and nobody can approve it so."""

    @property
    def missing(self) -> tuple[Word, ...]:
        """What nobody has said yet."""
        return tuple(each for each in self.words if not each.person)

    @property
    def is_complete(self) -> bool:
        """Tell whether everybody has said what is needed, and nothing stands against it."""
        errors = [each for each in self.points if not each.is_warning]
        open_ = [each for each in self.renditions if each.is_needed and not each.person]
        return self.is_judged and not (self.missing or self.rejections or errors or open_)


@dataclass(frozen=True)
class Files:
    """Where a reader of the comment finds what was written beside it."""

    page: str
    """Name of the page; empty if it was not written."""
    link: str = ""
    """Address of the folder if it ends with a slash, else of what leads to it; may be empty."""

    def address(self, name: str) -> str:
        """Return where a file is; empty if nobody has said."""
        return f"{self.link}{name}" if self.link.endswith("/") else self.link


@dataclass(frozen=True)
class Brief:
    """All that a reviewer is told of a pull request."""

    organisation: str
    repository: str
    number: int
    head: str
    language: str
    sheets: tuple[Sheet, ...] = ()
    elsewhere: tuple[Point, ...] = ()
    """What is to be corrected in files that belong to no sheet."""
    is_judged: bool = True
    """False if nothing can be said of the pull request; `elsewhere` then says why."""
    genesis: str = ""
    """Digest of the genesis record: which manual's pull request it is."""
    files: Files = field(default_factory=lambda: Files(""))


def headline(sheet: Sheet, language: str) -> str:
    """Return from which revision to which."""
    key = "brief-revision" if sheet.before else "brief-first"
    return label(key, language, before=sheet.before, revision=sheet.revision)


def state(sheet: Sheet, language: str) -> str:
    """Return in one sentence how far the words are that a document needs."""
    given = len(sheet.words) - len(sheet.missing)
    if not sheet.is_judged:
        return label("brief-not-in-order", language)
    if sheet.rejections:
        return label("brief-sent-back", language)
    if sheet.missing:
        return label("brief-given", language, given=given, count=len(sheet.words))
    return label("brief-all" if sheet.is_complete else "brief-open-points", language)


def lapsed(said: Said, language: str) -> str:
    """Return the sentence that says what became of an earlier word."""
    return label(f"brief-lapsed-{said.meaning}", language, person=said.person)


def grade(value: Grade | None, language: str) -> str:
    """Return how a word is known."""
    return label(f"grade-{value}", language) if value else ""


def facts(found: Alteration) -> tuple[Fact, ...]:
    """Return the changed control data of which a reader is not told elsewhere."""
    told = found.comparison.facts if found.comparison else ()
    return tuple(each for each in told if each.key not in _TOLD)


def touched(sheet: Sheet, language: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return what a document touches: heading and names, without what is empty."""
    groups = (
        ("brief-used-by", sheet.used_by),
        ("brief-readers", sheet.readers),
        ("brief-clauses", sheet.clauses),
        ("brief-forms", sheet.forms),
        ("assessed-by", sheet.assessed),
    )
    return [(label(key, language), names) for key, names in groups if names]


def rendition(text: Rendition, language: str) -> str:
    """Return how far a translation is, without the name of who vouches for it."""
    if text.person:
        return label("brief-translated", language)
    if text.is_behind:
        key = "brief-behind" if text.revision else "brief-no-text"
    else:
        key = "brief-not-vouched"
    needed = label("brief-needed" if text.is_needed else "brief-not-needed", language)
    return needed + label("semicolon", language) + label(key, language, revision=text.revision)


def help_lines(language: str) -> list[str]:
    """Return what a click means, and how one document is sent back."""
    return [label(f"brief-help-{name}", language) for name in ("click", "push", "back", "who")]
