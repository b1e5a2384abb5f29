"""May these texts be released? The one place that says so: for the command and for the audit."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from qms_docs.judge import approvals, controlled, substance
from qms_docs.judge.approvals import ApprovalResult, Evidence, Requirement
from qms_docs.judge.controlled import DATA, Rules
from qms_docs.judge.effect import effective
from qms_docs.judge.landings import Change
from qms_docs.judge.tree import Tree, whole, without_text
from qms_docs.text import closure
from qms_docs.text.closure import Inclusion
from qms_docs.words.evidence import NO_LANGUAGE, Meaning, ReleasedText, Subject
from qms_docs.words.history import Landing
from qms_docs.words.issues import Approval, Issue
from qms_docs.words.model import Document


@dataclass(frozen=True)
class Objection:
    """Why a release, or a text of it, is refused: a finding of the family 9xx in the making."""

    code: str
    case: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """What a release is judged against: main at one landing, and what was in force before it."""

    landing: Landing
    tree: Tree
    rules: Rules
    issues: Mapping[str, list[Issue]]
    """Identification → what was released of it, in order."""
    evidence: Mapping[Subject, list[Evidence]]
    withdrawn: Set[str]
    changes: Callable[[Iterable[str]], Iterable[Change]]

    def last(self, identification: str, language: str) -> Issue | None:
        """Return the newest released revision of a text."""
        found = (
            issue
            for issue in reversed(self.issues.get(identification, []))
            if issue.subject.language == language
        )
        return next(found, None)

    @property
    def master(self) -> str:
        """Language of the master texts."""
        return self.rules.policy.master


@dataclass(frozen=True)
class Candidate:
    """One document of a release, in the languages that are released together."""

    standing: Standing
    texts: tuple[ReleasedText, ...]

    @property
    def id(self) -> str:
        """Identification of the document."""
        return self.texts[0].subject.id

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The documents at the paths named, with the master that translations inherit from."""
        last = self.standing.last(self.id, self.standing.master)
        paths = [text.path for text in self.texts]
        if last and self.standing.master not in {text.subject.language for text in self.texts}:
            paths.append(last.released.path)
        return self.standing.tree.documents(tuple(paths))

    @cached_property
    def before(self) -> Document | None:
        """The revision that this one follows."""
        last = self.standing.last(self.id, self.standing.master)
        return last.document if last else None

    @cached_property
    def master(self) -> ReleasedText | None:
        """The master text, if it is among those released."""
        language = NO_LANGUAGE if self.id in DATA else self.standing.master
        found = (text for text in self.texts if text.subject.language == language)
        return next(found, None)

    @cached_property
    def requirement(self) -> Requirement | None:
        """What the master needs; None if the authority says nothing about it."""
        authority = self.standing.rules.authority
        if self.id in DATA:
            return approvals.of_data(authority, self.id)
        assert self.master is not None
        document = self.documents[self.master.path]
        grade = document.change.grade
        if grade == "editorial" and self._is_of_substance(document):
            grade = "minor"
        replaced = (self.standing.last(each, self.standing.master) for each in self._replaced)
        before = [issue.document for issue in replaced if issue and issue.document]
        return approvals.requirement(authority, [document, *before], grade)

    @property
    def _replaced(self) -> Iterator[str]:
        """Yield the document itself and those that it says it supersedes."""
        yield self.id
        for document in self.documents.values():
            yield from document.control.supersedes if document.is_master else ()

    def _is_of_substance(self, document: Document) -> bool:
        """Tell whether a change that calls itself editorial is more than that."""
        last = self.standing.last(self.id, self.standing.master)
        if last is None:
            return True
        before, now = self._as_released(last), self.standing.tree.closure(document)
        if before is None or now is None:
            return True
        old = (Inclusion(i.kind, i.name, i.sha256, i.where) for i in last.released.inclusions)
        return bool(substance.touched(whole(before), whole(document), old, now.inclusions))

    def _as_released(self, issue: Issue) -> Document | None:
        tree = replace(self.standing.tree, blobs={issue.released.path: ("100644", issue.blob)})
        return tree.documents((issue.released.path,)).get(issue.released.path)

    @cached_property
    def result(self) -> ApprovalResult | None:
        """What the master needs and has; None if the authority says nothing about it."""
        if self.requirement is None or self.master is None:
            return None
        evidence = self.standing.evidence.get(self.master.subject, [])
        disqualified = self.disqualified(self.master, evidence)
        return approvals.evaluate(self.requirement, evidence, disqualified)

    def translated(self, text: ReleasedText, master: Subject) -> Evidence | None:
        """Return who vouches that a text is a translation of a master."""
        found = (
            each
            for each in self.standing.evidence.get(text.subject, [])
            if each.act.meaning is Meaning.TRANSLATED
            and each.act.translates == master.content
            and not each.objection
        )
        return next(found, None)

    def disqualified(self, text: ReleasedText, evidence: Iterable[Evidence]) -> Mapping[str, str]:
        """Return who has written on the text, as Git says it (person → label).

        Who is named as author only because they squashed what another has signed as prepared has
        not written it: the other vouches for exactly these bytes.
        """
        prepared = [
            each for each in evidence if each.act.meaning is Meaning.PREPARED and not each.objection
        ]
        people = self.standing.rules.authority.people_of
        found: dict[str, str] = {}
        for path in text.files:
            final = self.standing.tree.blob(path)
            for blob, commit, landed in self.standing.changes([path]):
                found.update(dict.fromkeys(people(commit.coauthors), "coauthor"))
                for person in people((commit.author,)):
                    vouched = blob == final and any(
                        each.person != person and each.landing.number <= landed for each in prepared
                    )
                    if not vouched:
                        found.setdefault(person, "author")
        return found


def judge(
    texts: Iterable[ReleasedText], standing: Standing, release: str
) -> tuple[list[Issue], list[Objection]]:
    """Return what a release brings into force, or why it does not: all of it or nothing."""
    by_id: dict[str, list[ReleasedText]] = {}
    for text in texts:
        by_id.setdefault(text.subject.id, []).append(text)
    issues: list[Issue] = []
    objections: list[Objection] = []
    for group in by_id.values():
        candidate = Candidate(standing, tuple(group))
        found = list(_objections(candidate))
        objections += found
        if not found:
            issues += _issues(candidate, release)
    return ([], objections) if objections else (issues, [])


def _objections(candidate: Candidate) -> Iterator[Objection]:
    languages = [text.subject.language for text in candidate.texts]
    if len(set(languages)) < len(languages):
        yield _objection(candidate, "QMS909", "twice")
        return
    standing = False
    for text in candidate.texts:
        check = _data_as_named if candidate.id in DATA else _text_as_named
        for objection in check(candidate, text):
            standing = True
            yield objection
    if not standing:
        yield from _order(candidate)
        yield from _support(candidate)


def _text_as_named(candidate: Candidate, text: ReleasedText) -> Iterator[Objection]:
    """Yield where main does not hold exactly the text that is named."""
    subject, document = text.subject, candidate.documents.get(text.path)
    values = {"path": text.path}
    if document is None:
        yield _objection(candidate, "QMS907", "absent", **values)
        return
    if (document.id, document.language, document.revision) != (
        subject.id, subject.language, subject.revision,
    ):  # fmt: skip
        yield _objection(candidate, "QMS907", "other", **values)
        return
    if document.is_master != (document.language == candidate.standing.master):
        yield _objection(candidate, "QMS907", "other", **values)
        return
    found = candidate.standing.tree.closure(document)
    if found is None:
        yield _objection(candidate, "QMS907", "inclusion", **values)
    elif found.digest != subject.content or not _is_frozen(found, text):
        yield _objection(candidate, "QMS907", "content", **values)


def _is_frozen(found: closure.Closure, text: ReleasedText) -> bool:
    """Tell whether the manifest of a release names all that the text includes."""
    named = {(each.kind, each.name, each.sha256, each.where) for each in text.inclusions}
    there = {(each.kind, each.name, each.sha256, each.where) for each in found.inclusions}
    return found.text == text.text and named == there


def _data_as_named(candidate: Candidate, text: ReleasedText) -> Iterator[Objection]:
    subject, path = text.subject, DATA[candidate.id]
    data = candidate.standing.tree.read(path)
    if data is None or text.path != path or subject.language != NO_LANGUAGE:
        yield _objection(candidate, "QMS907", "absent", path=text.path)
        return
    found = closure.of_data(data)
    if found.digest != subject.content or found.text != text.text or text.inclusions:
        yield _objection(candidate, "QMS907", "content", path=path)
    elif controlled.revision_of(candidate.id, data) != subject.revision:
        yield _objection(candidate, "QMS907", "other", path=path)
    elif not _is_readable(candidate, data):
        yield _objection(candidate, "QMS907", "unreadable", path=path)


def _is_readable(candidate: Candidate, data: bytes) -> bool:
    """Tell whether authority and policy are in order together, as the release makes them."""
    tree = candidate.standing.tree
    together = {name: tree.read(DATA[name]) or b"" for name in controlled.FIRST}
    return controlled.read({**together, candidate.id: data}, []) is not None


def _order(candidate: Candidate) -> Iterator[Objection]:
    """Yield where the revision is not the next one (ISO 9001:2015, 7.5.3.2 c)."""
    if candidate.id in candidate.standing.withdrawn:
        yield _objection(candidate, "QMS908", "withdrawn")
        return
    master = candidate.master
    for text in candidate.texts:
        last = candidate.standing.last(candidate.id, text.subject.language)
        number = last.subject.revision if last else 0
        if text is master:
            wanted = number + 1
            if text.subject.revision != wanted:
                case = "skipped" if text.subject.revision > wanted else "repeated"
                yield _objection(
                    candidate, "QMS908", case,
                    revision=str(text.subject.revision), wanted=str(wanted),
                )  # fmt: skip
        elif text.subject.revision <= number:
            yield _objection(
                candidate, "QMS908", "repeated",
                revision=str(text.subject.revision), wanted=str(number + 1),
            )  # fmt: skip


def _support(candidate: Candidate) -> Iterator[Objection]:
    """Yield what evidence is missing."""
    master = candidate.master
    if master is not None:
        needed, result = candidate.requirement, candidate.result
        if needed is None or result is None:
            yield _objection(candidate, "QMS906", "no-requirement")
            return
        for slot in result.missing:
            yield _objection(candidate, "QMS906", f"no-{slot.meaning}", role=slot.who)
        for each in result.rejections:
            yield _objection(candidate, "QMS906", "rejected", person=each.person)
        released = {text.subject.language for text in candidate.texts}
        for language in needed.languages:
            if language not in released and candidate.id not in DATA:
                yield _objection(candidate, "QMS906", "language", language=language)
    yield from _translations(candidate)


def _translations(candidate: Candidate) -> Iterator[Objection]:
    """Yield translations that nobody vouches for, or that belong to another master."""
    standing = candidate.standing
    last = standing.last(candidate.id, standing.master)
    master = candidate.master.subject if candidate.master else last.subject if last else None
    for text in candidate.texts:
        if text is candidate.master:
            continue
        language = text.subject.language
        if master is None or master.revision != text.subject.revision:
            yield _objection(candidate, "QMS906", "no-master", language=language)
        elif candidate.translated(text, master) is None:
            yield _objection(candidate, "QMS906", "no-translated", role=language)


def _issues(candidate: Candidate, release: str) -> Iterator[Issue]:
    standing = candidate.standing
    for text in candidate.texts:
        document = candidate.documents[text.path] if candidate.id not in DATA else None
        declared = document.control.effective if document else "on-release"
        blob = standing.tree.blob(text.path)
        assert blob is not None
        yield Issue(
            released=text,
            document=without_text(document) if document else None,
            release=release,
            landing=standing.landing,
            effective=effective(declared, standing.landing.instant, standing.rules.zone),
            blob=blob,
            approvals=tuple(_approvals(candidate, text)),
        )


def _approvals(candidate: Candidate, text: ReleasedText) -> Iterator[Approval]:
    """Yield whose words a text rests on: those on the master, and the translator's."""
    people = candidate.standing.rules.authority.people
    accepted = list(candidate.result.accepted.values()) if candidate.result else []
    last = candidate.standing.last(candidate.id, candidate.standing.master)
    master = candidate.master.subject if candidate.master else last.subject if last else None
    translated = candidate.translated(text, master) if master else None
    for each in (*accepted, *((translated,) if translated else ())):
        behalf = people.get(each.on_behalf_of)
        yield Approval(
            meaning=each.act.meaning,
            role=each.role,
            person=people[each.person].name,
            landing=each.landing,
            grade=each.grade,
            on_behalf_of=behalf.name if behalf else None,
        )


def _objection(candidate: Candidate, code: str, case: str, **values: str) -> Objection:
    return Objection(code, case, {"id": candidate.id, **values})
