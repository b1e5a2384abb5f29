"""What a reviewer should know of a pull request, put together for the comment and the page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from qms_docs import check
from qms_docs.edges import commits
from qms_docs.edges.git import Repository, Snapshot
from qms_docs.judge import usage
from qms_docs.judge.candidate import Candidate
from qms_docs.judge.controlled import DATA
from qms_docs.rules import severity
from qms_docs.show.briefs import Brief, Point, Sheet
from qms_docs.show.hearing import Hearing
from qms_docs.show.standards import standard_name
from qms_docs.text import messages
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding, Severity
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.pullrequests import PullRequest
from qms_docs.work import gating, history, workspace
from qms_docs.work.altering import Altering
from qms_docs.work.gating import Examined

_SHOWN_AS_WORDS = (
    "no-prepared", "no-reviewed", "no-approved", "no-translated", "rejected", "language",
)  # fmt: skip
"""Cases of QMS906 that the lists of words and translations say already, and say better."""
_OF_THE_TEXTS = (
    "unreadable-document", "unreadable-policy", "unreadable-data", "no-policy", "no-data",
    "broken-document", "missing-inclusion", "no-committed-document", "no-document",
)  # fmt: skip
"""Errors that the pull request brings along: its readers should know, not who runs the command."""


def brief(repository: Repository, pull: PullRequest, now: datetime, language: str) -> Brief:
    """Return what a pull request does and what it lacks, in the words of a language.

    What cannot be judged because of the texts themselves is told in their place. Raises QmsError
    as the gate does for everything else.
    """
    told = Brief("", pull.name, pull.number, pull.head, language)
    try:
        found = gating.examine(repository, pull, now)
        after = repository.commit(pull.head)
        manual = workspace.load(after, state=found.state)
    except QmsError as error:
        if error.key not in _OF_THE_TEXTS:
            raise
        genesis = history.ledger(repository, pull.base).genesis
        why = (_trouble(error, language),)
        return replace(told, elsewhere=why, is_judged=False, genesis=genesis)
    desk = _Desk(repository, pull, found, after, manual, language)
    policy = manual.policy
    return replace(
        told,
        organisation=policy.in_language(policy.organisation, language),
        sheets=tuple(desk.sheet(name) for name in found.ids),
        elsewhere=tuple(desk.elsewhere()),
        genesis=found.case.ledger.genesis,
    )


def _trouble(error: QmsError, language: str) -> Point:
    return Point(*messages.of_error(error, language))


@dataclass(frozen=True)
class _Desk:
    """All that the sheets of one pull request are made of."""

    repository: Repository
    pull: PullRequest
    found: Examined
    after: Snapshot
    manual: Manual
    language: str

    @cached_property
    def _hearing(self) -> Hearing:
        return Hearing(self.found.case.standing, self.manual, self.language)

    @cached_property
    def _altering(self) -> Altering:
        standing, state = self.found.case.standing, self.found.state
        number = self.pull.number
        return Altering(
            self.repository, standing, state, self.after, self.manual, number, self.language
        )

    def sheet(self, name: str) -> Sheet:
        """Return what is told of one document; if it cannot be judged, why."""
        document = self.manual.find(name)
        sheet = Sheet(name, self._hearing.title(name), document.revision if document else 0)
        try:
            if name not in DATA and document is None:
                raise self.manual.why_missing(name)
            return self._judged(sheet, document)
        except QmsError as error:
            if error.key not in _OF_THE_TEXTS:
                raise
            points = (_trouble(error, self.language), *self._checked(name))
            return replace(sheet, points=points, is_judged=False)

    def _judged(self, sheet: Sheet, document: Document | None) -> Sheet:
        """Add what is said of a document, what it lacks, and what changes in it."""
        texts, hearing = self.found.case.texts(sheet.id), self._hearing
        candidate = Candidate(self.found.case.standing, self.found.pending(sheet.id))
        last = self._altering.last(sheet.id)
        judged = replace(
            sheet,
            revision=texts[0].subject.revision,
            before=last.subject.revision if last else 0,
            words=tuple(hearing.words(candidate)),
            rejections=tuple(hearing.rejections(candidate)),
            lapsed=tuple(hearing.lapsed(candidate)),
            dismissed=tuple(hearing.dismissed(candidate)),
            points=(*self._lacking(sheet.id), *self._checked(sheet.id)),
            alterations=tuple(self._altering.of(sheet.id)),
        )
        if document is None:
            return replace(judged, is_data=True)
        return self._placed(replace(judged, renditions=tuple(hearing.renditions(texts))), document)

    def _placed(self, sheet: Sheet, document: Document) -> Sheet:
        """Add what a document states, and what it touches."""
        hearing, control, manual = self._hearing, document.control, self.manual
        places = usage.of_identifications(manual).get(sheet.id, ())
        sources = (manual.by_path.get(place.path) for place in places)
        using = {each.identification for each in sources if each and each.identification}
        readers = control.distribution.roles if control.distribution.reading != "none" else ()
        change = self._as_read(document).change
        return replace(
            sheet,
            grade=change.grade,
            reason=change.reason,
            summary=change.summary,
            used_by=tuple(map(hearing.named, sorted(using))),
            readers=tuple(map(hearing.role, readers)),
            clauses=tuple(
                f"{standard_name(name)}: {', '.join(numbers)}"
                for name, numbers in control.clauses.items()
            ),
            forms=tuple(map(hearing.named, control.records)),
            assessed=tuple(each.words for each in usage.of_rules(manual, sheet.id, self.language)),
        )

    def _as_read(self, document: Document) -> Document:
        """Return the text that the reader reads: a translation has its own words for a change."""
        found = self.manual.find(document.id, self.language)
        return found if found and found.revision == document.revision else document

    def _lacking(self, name: str) -> Iterator[Point]:
        for each in self.found.missing(name):
            if each.case not in _SHOWN_AS_WORDS:
                yield self._point(each)

    def _checked(self, name: str) -> Iterator[Point]:
        paths = self._paths(name)
        return (self._point(each) for each in self._findings if each.place.path in paths)

    def elsewhere(self) -> Iterator[Point]:
        """Yield what stands against a merge, and what is found in files that no sheet tells.

        Only in those that the pull request changes.
        """
        yield from map(self._point, self.found.clashes)
        if self.found.notes:
            paths = ", ".join(self.found.notes)
            yield Point(label("gate-settings", self.language, paths=paths), is_warning=True)
        told = {path for name in self.found.ids for path in self._paths(name)}
        fork = commits.fork(self.repository, self.pull.base, self.pull.head)
        before = commits.files(self.repository, fork)
        now = commits.files(self.repository, self.pull.head)
        changed = {path for path in before | now if before.get(path) != now.get(path)} - told
        yield from (self._point(each) for each in self._findings if each.place.path in changed)

    def _paths(self, name: str) -> set[str]:
        if name in DATA:
            return {DATA[name]}
        return {each.path for each in self.manual.languages_of(name)}

    @cached_property
    def _findings(self) -> tuple[Finding, ...]:
        return check.run(self.manual).findings

    def _point(self, finding: Finding) -> Point:
        sentence, hint = messages.of_finding(finding, self.language)
        place = f"{finding.place.path}:{finding.place.line}"
        return Point(sentence, hint, place, severity(finding) is Severity.WARNING)
