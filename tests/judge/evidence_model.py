"""What may be in force, told once more in a few lines: a model to hold the ledger against.

It knows no records, files, digests or signatures, only what people did, in the order in which it
landed. Texts are compared as wholes. Two documents need a review and an approval by two people who
have written nothing of it; so does the authority, which says who holds which role.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from qms_docs.words.evidence import Meaning, Subject
from qms_docs.words.history import BEGINNING

REVIEWER, APPROVER, ISSUER = "CSC-RS-02", "CSC-RS-01", "CSC-RS-03"
MASTER, TRANSLATION, DATA = "en", "zh-CN", "zxx"
JUDGEMENTS = (Meaning.REVIEWED, Meaning.APPROVED, Meaning.REJECTED)
Tenures = frozenset[tuple[str, str, datetime, datetime]]
"""Person, role, from, until before."""


@dataclass(frozen=True)
class Text:
    """A text that somebody brought to main."""

    subject: Subject
    declared: datetime | None = None
    """When it wants to take effect; None for at once."""
    tenures: Tenures = frozenset()
    """Of the authority: who holds what."""


@dataclass
class Word:
    """What a person has said of a text, while the person could say it."""

    person: str
    role: str
    meaning: Meaning
    subject: Subject
    landed: int
    translates: Subject | None = None
    taken_back: bool = False


@dataclass(frozen=True)
class Issue:
    """A text that was released with everything that it needs."""

    text: Text
    landed: datetime
    begins: datetime


@dataclass
class Model:
    """Everything that has happened."""

    number: int = 0
    """Of the newest landing."""
    now: datetime = BEGINNING
    main: dict[tuple[str, str], Text] = field(default_factory=dict)
    """Identification and language → what stands there."""
    writers: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """Who has written there since it was last released."""
    origin: dict[Subject, str] = field(default_factory=dict)
    words: list[Word] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    withdrawn: dict[str, datetime] = field(default_factory=dict)
    used: set[tuple[str, str, int]] = field(default_factory=set)
    """Revisions of which a release stands on main, whether it counts or not."""

    def begun(self, text: Text) -> None:
        """Begin with an authority that nobody has approved."""
        self.issues.append(Issue(text, self.now, self.now))
        self.writers.clear()

    # --- what happens -----------------------------------------------------------------------------

    def wrote(self, person: str, text: Text) -> None:
        place = (text.subject.id, text.subject.language)
        self.main[place] = text
        origin = self.origin.setdefault(text.subject, person)
        self.writers.setdefault(place, set()).update((person, origin))

    def said(self, word: Word, *, sound: bool) -> None:
        if not sound:
            return
        self.words.append(word)
        subject, issue = word.subject, self._issue(word.subject)
        if word.meaning is Meaning.WITHDRAW and word.role == APPROVER and issue:
            later = (i for i in self.of(subject.id) if i.text.subject.revision > subject.revision)
            if subject.language != DATA and not any(each.begins <= self.now for each in later):
                self.withdrawn.setdefault(subject.id, self.now)

    def released(self, person: str, role: str, subjects: list[Subject]) -> bool:
        """Take in a release; tell whether it counts."""
        names = [(each.id, each.language, each.revision) for each in subjects]
        there = self.used.isdisjoint(names)
        self.used.update(names)
        may = role == ISSUER and self.holds(person, role)
        groups = {each.id: [s for s in subjects if s.id == each.id] for each in subjects}
        if not (there and may and all(map(self._supported, groups.values()))):
            return False
        for each in subjects:
            place = (each.id, each.language)
            begins = max(self.now, self._declared(each, subjects) or self.now)
            self.issues.append(Issue(self.main[place], self.now, begins))
            self.writers[place] = set()
        return True

    def _declared(self, subject: Subject, subjects: list[Subject]) -> datetime | None:
        """Return when a text wants to take effect: a translation when its master does."""
        if subject.language == TRANSLATION and (subject.id, MASTER) not in {
            (each.id, each.language) for each in subjects
        }:
            masters = [e for e in self.of(subject.id) if e.text.subject.language == MASTER]
            return masters[-1].text.declared
        language = MASTER if subject.language == TRANSLATION else subject.language
        return self.main[subject.id, language].declared

    # --- what follows -----------------------------------------------------------------------------

    def in_force(self, instant: datetime) -> dict[Subject, datetime]:
        """Return what is in force at an instant, as known then, and since when."""
        known = [each for each in self.issues if each.landed <= instant]
        begun = {each.text.subject: each.begins for each in known if each.begins <= instant}
        return {
            each: begins
            for each, begins in begun.items()
            if not any(each.id == o.id and o.revision > each.revision for o in begun)
            and not (each.id in self.withdrawn and self.withdrawn[each.id] <= instant)
        }

    def holds(self, person: str, role: str) -> bool:
        """Tell whether a person holds a role now, by the authority that is released."""
        *_, authority = self.of("authority")
        return any(
            (who, what) == (person, role) and begin <= self.now < end
            for who, what, begin, end in authority.text.tenures
        )

    def of(self, identification: str) -> Iterator[Issue]:
        return (each for each in self.issues if each.text.subject.id == identification)

    def _issue(self, subject: Subject) -> Issue | None:
        return next((each for each in self.issues if each.text.subject == subject), None)

    def last(self, identification: str, language: str) -> Subject | None:
        """Return the newest released revision of a text."""
        found = [e.text.subject for e in self.of(identification)]
        return next((each for each in reversed(found) if each.language == language), None)

    def _supported(self, group: list[Subject]) -> bool:
        """Tell whether a document has what it needs in the languages that are released."""
        last = self.last(group[0].id, MASTER)
        master = next((each for each in group if each.language != TRANSLATION), last)
        return (
            master is not None
            and master.id not in self.withdrawn
            and all(self._stands(each) for each in group)
            and all(
                self._translated(each, master)
                if each.language == TRANSLATION
                else self._is_next(each) and self._approved(each)
                for each in group
            )
        )

    def _stands(self, subject: Subject) -> bool:
        text = self.main.get((subject.id, subject.language))
        return text is not None and text.subject == subject

    def _is_next(self, subject: Subject) -> bool:
        last = self.last(subject.id, subject.language)
        free = range(last.revision + 1 if last else 1, subject.revision)
        return subject.revision > (last.revision if last else 0) and all(
            (subject.id, subject.language, each) in self.used for each in free
        )

    def _translated(self, subject: Subject, master: Subject) -> bool:
        last = self.last(subject.id, subject.language)
        is_new = subject.revision > (last.revision if last else 0)
        return is_new and master.revision == subject.revision and any(
            each.meaning is Meaning.TRANSLATED and each.translates == master
            for each in self._standing(subject)
        )  # fmt: skip

    def _standing(self, subject: Subject) -> list[Word]:
        return [each for each in self.words if each.subject == subject and not each.taken_back]

    def _approved(self, subject: Subject) -> bool:
        words = self._standing(subject)
        authors = {each.person for each in words if each.meaning is Meaning.PREPARED}
        writers = authors | self.writers.get((subject.id, subject.language), set())
        newest = {each.person: each for each in words if each.meaning in JUDGEMENTS}.values()
        if any(e.meaning is Meaning.REJECTED and e.role in (REVIEWER, APPROVER) for e in newest):
            return False
        others = [each for each in words if each in newest and each.person not in writers]
        reviews = _landed(others, Meaning.REVIEWED, REVIEWER)
        approvals = _landed(others, Meaning.APPROVED, APPROVER)
        return bool(authors and reviews and approvals) and max(approvals) >= min(reviews)


def _landed(words: Iterable[Word], meaning: Meaning, role: str) -> list[int]:
    return [each.landed for each in words if each.meaning is meaning and each.role == role]
