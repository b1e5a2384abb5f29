"""Who has said what of a document of a pull request, for people: names in place of keys."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qms_docs.judge import register
from qms_docs.judge.approvals import Evidence, Slot
from qms_docs.judge.candidate import Candidate, Standing
from qms_docs.judge.controlled import DATA
from qms_docs.show.briefs import Rendition, Said, Word
from qms_docs.show.evidence import person_name
from qms_docs.text.messages import label
from qms_docs.words.evidence import Meaning, ReleasedText, Subject
from qms_docs.words.manual import Manual

_SILENT = ("newer", "dismissed", "not-needed", "other-meaning")
"""Why a word does not count where nobody need be told of it."""


@dataclass(frozen=True)
class Hearing:
    """What was said before a merge, told in a language."""

    standing: Standing
    manual: Manual
    language: str

    # --- names -----------------------------------------------------------------------------------

    def title(self, name: str) -> str:
        """Return the title of a document, of a form, or of data that decides about all else."""
        if name in DATA:
            return label(f"brief-{name}", self.language)
        document = self.manual.find(name, self.language) or self.manual.find(name)
        if document is not None:
            return document.title
        entry = next((each for each in self.manual.entries if each.id == name), None)
        return self.manual.policy.in_language(entry.title, self.language) if entry else ""

    def named(self, name: str) -> str:
        """Return an identification with its title."""
        return f"{name} {self.title(name)}".rstrip()

    def role(self, name: str) -> str:
        """Return a role with the title of its role sheet."""
        return register.role_name(self.manual, name, self.language)

    def _person(self, key: str) -> str:
        people = self.standing.rules.authority.people
        if key in people:
            return person_name(people[key].name, key, self.language)
        account = key.partition(":")[2]  # of a forge, whose holder nobody knows
        return label("brief-account", self.language, account=account) if account else key

    def _speaker(self, each: Evidence) -> str:
        person = self._person(each.person)
        if not each.on_behalf_of:
            return person
        giver = self._person(each.on_behalf_of)
        return label("on-behalf", self.language, person=person, giver=giver)

    def _who(self, slot: Slot) -> str:
        if slot.meaning is Meaning.PREPARED:
            return self._person(slot.who) if slot.who else label("role-anybody", self.language)
        if slot.who.startswith("+"):
            return label("role-further", self.language)
        return self.role(slot.who)

    def _said(self, each: Evidence, reason: str = "") -> Said:
        return Said(each.act.meaning, self._speaker(each), each.grade, reason)

    # --- what was said ---------------------------------------------------------------------------

    def words(self, candidate: Candidate) -> Iterator[Word]:
        """Yield every word that a document needs, and who has given it."""
        result = candidate.result
        for slot in result.required if result else ():
            given = result.accepted.get(slot) if result else None
            if given is None:
                yield Word(slot.meaning, self._who(slot))
            else:
                role = "" if slot.meaning is Meaning.PREPARED else self._who(slot)
                yield Word(slot.meaning, role, self._speaker(given), given.grade)

    def rejections(self, candidate: Candidate) -> Iterator[Said]:
        """Yield who has sent the document back."""
        for each in candidate.result.rejections if candidate.result else ():
            yield self._said(each)

    def dismissed(self, candidate: Candidate) -> Iterator[Said]:
        """Yield what was said of exactly this text and does not count, and why."""
        found = candidate.result.dismissed if candidate.result else ()
        yield from dict.fromkeys(
            self._said(each, reason) for each, reason in found if reason not in _SILENT
        )

    def lapsed(self, candidate: Candidate) -> Iterator[Said]:
        """Yield the newest word of each person on what stood there before, unless said anew."""
        master, result = candidate.master, candidate.result
        if master is None or result is None:
            return
        anew = {each.person for each in (*result.accepted.values(), *result.rejections)}
        newest: dict[str, Evidence] = {}
        for each in self._earlier(candidate.id, master.subject):
            if each.objection in ("", "newer") and each.person not in anew:
                newest[each.person] = each
        for each in newest.values():
            yield self._said(each)

    def _earlier(self, name: str, now: Subject) -> list[Evidence]:
        """Return what was said of other contents of a text that were never released, in order."""
        issues = self.standing.issues.get(name, ())
        known = {now, *(issue.subject for issue in issues)}
        evidence = (
            each
            for subject, said in self.standing.evidence.items()
            if (subject.id, subject.language) == (name, now.language) and subject not in known
            for each in said
        )
        return sorted(evidence, key=lambda each: (each.landing.number, each.said))

    def renditions(self, texts: Iterable[ReleasedText]) -> Iterator[Rendition]:
        """Yield how far the translations of a document are; `texts` are those of its revision."""
        candidate = Candidate(self.standing, tuple(texts))
        master, needed = candidate.master, candidate.requirement
        by_language = {text.subject.language: text for text in candidate.texts}
        there = {each.language: each for each in self.manual.languages_of(candidate.id)}
        for language in dict.fromkeys([*there, *(needed.languages if needed else ())]):
            text, document = by_language.get(language), there.get(language)
            given = candidate.translated(text, master.subject) if text and master else None
            if language != self.standing.master:
                yield Rendition(
                    language,
                    document.revision if document else 0,
                    needed is not None and language in needed.languages,
                    text is None,
                    self._speaker(given) if given else "",
                    given.grade if given else None,
                )
