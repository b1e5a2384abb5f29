"""Would a pull request have its approvals? Judged as its release would be, before it is merged.

A pull request without all of them can still be merged, as main may hold drafts; this is for those
who want to keep drafts out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from qms_docs.edges import commits
from qms_docs.edges.git import Repository
from qms_docs.judge import releasing
from qms_docs.judge.controlled import DATA
from qms_docs.judge.ledger import Ledger
from qms_docs.judge.statements import Moment
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Record, ReleasedText, Reviews, Signer
from qms_docs.words.findings import Finding, Place
from qms_docs.words.history import GONE, Arrival, Commit, FileChange, Landing
from qms_docs.words.policy import Policy
from qms_docs.words.pullrequests import PullRequest
from qms_docs.work import decide, history, importing, signing
from qms_docs.work.decide import Case
from qms_docs.work.workspace import State

_NOBODY = "0" * 40
"""Name of the merge, which nobody has made yet."""


@dataclass(frozen=True)
class Answer:
    """What a gate says of a pull request."""

    documents: tuple[str, ...]
    """Identifications of what it changes."""
    findings: tuple[Finding, ...]
    """What is missing; nothing if all of it could be released when it is merged."""


@dataclass(frozen=True)
class Examined:
    """A pull request as if it were merged."""

    case: Case
    ids: tuple[str, ...]
    """Identifications of what it changes."""
    state: State
    """What is in force on its base."""

    def pending(self, name: str) -> tuple[ReleasedText, ...]:
        """Return the texts of a document that are to be released, without those that are."""
        standing = self.case.standing
        return tuple(
            text
            for text in decide.wanted(standing, self.case.texts(name))
            if all(issue.subject != text.subject for issue in standing.issues.get(name, ()))
        )

    def missing(self, *ids: str) -> Iterator[Finding]:
        """Yield why documents could not be released: the question that a release asks."""
        texts = tuple(text for name in ids for text in self.pending(name))
        places = {text.subject.id: text.path for text in reversed(texts)}
        for each in releasing.judge(texts, self.case.standing, "")[1]:
            place = Place(places.get(each.values.get("id", ""), ""))
            yield Finding(each.code, place, each.case, each.values)


def judge(repository: Repository, pull: PullRequest, now: datetime) -> Answer:
    """Judge a pull request by what is in force on its base; raises QmsError as `examine`."""
    found = examine(repository, pull, now)
    return Answer(found.ids, tuple(found.missing(*found.ids)))


def examine(repository: Repository, pull: PullRequest, now: datetime) -> Examined:
    """Return a pull request with what is in force on its base, as if it were merged now.

    Raises QmsError if base or head are not in the repository, if the manual has not begun on the
    base, or if the pull request is of a repository that the authority does not count.
    """
    importing.refuse_absent(repository, pull)
    ledger = signing.begun(history.ledger(repository, pull.base))
    assert ledger.rules is not None
    importing.refuse_other_repository(ledger.rules.authority, pull)
    rules = ledger.rules
    state = history.state_of(ledger, repository, now)
    ledger.frozen = True
    arrival = _merged(repository, ledger, pull, now)
    ledger.land(arrival)
    standing = ledger.standing(arrival.landing, rules)
    if pull.reviews:
        _count(ledger, importing.resolved(repository, pull), Moment(arrival.landing, rules))
    paths = _paths(repository, ledger, pull)
    found = Case(repository, ledger, standing.tree, standing, paths)
    ids = sorted((*paths, *(name for name in DATA if _is_touched(name, arrival))))
    return Examined(found, tuple(ids), state)


def _merged(repository: Repository, ledger: Ledger, pull: PullRequest, now: datetime) -> Arrival:
    """Return the pull request as it would come to main: all its commits, and a merge by nobody.

    What both sides have changed in one file stands as in the pull request; if the merge makes a
    third text of it, the reviews are not of that one.
    """
    known = {commit.id for commit in repository.history(pull.base)}
    brought = tuple(each for each in repository.history(pull.head) if each.id not in known)
    before = ledger.tree().blobs
    fork = commits.files(repository, commits.fork(repository, pull.base, pull.head))
    after = commits.files(repository, pull.head)
    absent = (GONE, "")
    changes = tuple(
        FileChange(path, *before.get(path, absent), *after.get(path, absent))
        for path in sorted(fork | after)
        if fork.get(path) != after.get(path) and before.get(path) != after.get(path)
    )
    last = ledger.tip
    landing = Landing(last.number + 1, _NOBODY, max(now, last.instant))
    seconds = int(landing.instant.timestamp())
    merge = Commit(_NOBODY, (pull.base, pull.head), seconds, "", (), changes)
    return Arrival(landing, merge, (*brought, merge))


def _count(ledger: Ledger, body: Reviews, moment: Moment) -> None:
    """Let reviews count as if an importer who has written nothing had recorded them."""
    record = Record(ledger.genesis, Signer("", "", ""), "", body)
    ledger.clicks.add(record, moment, "")


def _paths(repository: Repository, ledger: Ledger, pull: PullRequest) -> dict[str, dict[str, str]]:
    """Return the documents that a pull request changes: identification → language → path.

    What the policy in force calls no document is none, unless it was released: a pull request
    hides nothing by moving it. Raises QmsError if a document that it touches cannot be read.
    """
    assert ledger.rules is not None
    policy = ledger.rules.policy
    fork = commits.fork(repository, pull.base, pull.head)
    before = {(each.path, found) for each, found in importing.contents(repository, fork)}
    known = {found for _, found in before if found}
    after = list(importing.contents(repository, pull.head))
    _refuse_unreadable(repository, pull, fork, policy, {each.path for each, _ in after})
    ids = {
        each.id
        for each, found in after
        if (found not in known if found else (each.path, None) not in before)
    }
    found: dict[str, dict[str, str]] = {}
    for each, _ in after:
        if each.id in ids and (policy.holds_documents(each.path) or each.id in ledger.issues):
            found.setdefault(each.id, {}).setdefault(each.language, each.path)
    return found


def _refuse_unreadable(
    repository: Repository, pull: PullRequest, fork: str, policy: Policy, readable: set[str]
) -> None:
    old, new = (commits.files(repository, name) for name in (fork, pull.head))
    for path, file in new.items():
        is_document = path.endswith(".md") and policy.holds_documents(path)
        if is_document and path not in readable and old.get(path) != file:
            raise QmsError("unreadable-document", path=path)


def _is_touched(name: str, arrival: Arrival) -> bool:
    return any(each.path == DATA[name] for each in arrival.commit.changes)
