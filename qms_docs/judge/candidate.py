"""What is put forward for release, and what it is judged against."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cached_property

from qms_docs.judge import approvals, requirements
from qms_docs.judge.approvals import ApprovalResult, Evidence
from qms_docs.judge.controlled import DATA, Rules
from qms_docs.judge.landings import Change
from qms_docs.judge.requirements import Requirement
from qms_docs.judge.tree import Tree, as_released, whole
from qms_docs.text import records
from qms_docs.text.closure import Inclusion
from qms_docs.words.evidence import NO_LANGUAGE, Meaning, ReleasedText, Subject
from qms_docs.words.history import Landing
from qms_docs.words.issues import Issue
from qms_docs.words.model import Document


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
        """The documents at the paths named, with the master that translations inherit from.

        That is the released one if it is not among them: main may hold a draft of the next.
        """
        tree, last = self.standing.tree, self.standing.last(self.id, self.standing.master)
        paths = [text.path for text in self.texts]
        if last and self.standing.master not in {text.subject.language for text in self.texts}:
            tree = _with_released(tree, last)
            paths.append(last.released.path)
        return tree.documents(tuple(paths))

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
            return requirements.of_data(authority, self.id)
        assert self.master is not None
        document = self.documents[self.master.path]
        grade = document.change.grade
        if grade == "editorial" and self._is_of_substance(document):
            grade = "minor"
        replaced = (self.standing.last(each, self.standing.master) for each in self._replaced)
        before = [issue.document for issue in replaced if issue and issue.document]
        return requirements.requirement(authority, [document, *before], grade)

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
        before, now = (
            as_released(last, self.standing.tree.read_blob),
            self.standing.tree.closure(document),
        )
        if before is None or now is None:
            return True
        old = (Inclusion(i.kind, i.name, i.sha256, i.where) for i in last.released.inclusions)
        # Here, for few releases are editorial, and what compares them takes long to load.
        from qms_docs.judge import substance

        return bool(substance.touched(before, whole(document), old, now.inclusions))

    @cached_property
    def result(self) -> ApprovalResult | None:
        """What the master needs and has; None if the authority says nothing about it.

        None also if a translation is released without its master, which needs nothing again.
        """
        if self.master is None or self.requirement is None:
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

        Who is named only because they squashed what another has signed as prepared, or because
        their own record was squashed with it, has not written it: the commit then holds that
        record, and the other vouches for exactly these bytes. No other commit can hold it, as
        nobody signs a text that is not committed.
        """
        prepared = {
            records.statement_path(each.record): each.person
            for each in evidence
            if each.act.meaning is Meaning.PREPARED and not each.objection
        }
        people = self.standing.rules.authority.people_of
        found: dict[str, str] = {}
        for path, final in self.standing.tree.contents(text).items():
            for blob, commit in self.standing.changes([path]):
                named = dict.fromkeys(people((commit.author,)), "author")
                named |= dict.fromkeys(people(commit.coauthors), "coauthor")
                squashed = {prepared.get(change.path, "") for change in commit.changes} - {""}
                found |= {
                    person: label
                    for person, label in named.items()
                    if blob != final or not squashed - {person}
                }
        return found


def _with_released(tree: Tree, issue: Issue) -> Tree:
    """Return the files of main with a released text where it stood, as it was released."""
    return replace(tree, blobs={**tree.blobs, issue.released.path: ("100644", issue.blob)})
