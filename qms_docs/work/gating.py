"""Would a pull request have its approvals? Judged as its release would be, before it is merged.

A pull request without all of them can still be merged, as main may hold drafts; this is for those
who want to keep drafts out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from qms_docs.edges import commits
from qms_docs.edges.git import Repository
from qms_docs.judge import releasing
from qms_docs.judge.controlled import DATA
from qms_docs.judge.ledger import Ledger
from qms_docs.judge.statements import Moment
from qms_docs.judge.tree import Tree
from qms_docs.text import records
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Record, ReleasedText, Reviews, Signer
from qms_docs.words.findings import Finding, Place
from qms_docs.words.history import GONE, Arrival, Commit, FileChange, Landing
from qms_docs.words.policy import Policy
from qms_docs.words.pullrequests import PullRequest
from qms_docs.work import decide, history, importing, merging, signing
from qms_docs.work.decide import Case
from qms_docs.work.merging import Merge
from qms_docs.work.workspace import State

_NOBODY = "0" * 40
"""Name of the merge, which nobody has made yet."""
_SETTINGS = (".ci/", ".forgejo/", ".gitea/", ".github/", ".gitlab-ci.yml", ".gitlab/", "qms.toml")
"""What runs checks, or sets them up. No verdict depends on it, unless the check runs from there."""


@dataclass(frozen=True)
class Answer:
    """What a gate says of a pull request."""

    documents: tuple[str, ...]
    """Identifications of what it changes."""
    findings: tuple[Finding, ...]
    """What is missing; nothing if all of it could be released when it is merged."""
    notes: tuple[str, ...] = ()
    """Paths that it changes and by which forges and this program are set up: for people to see."""


@dataclass(frozen=True)
class Examined:
    """A pull request as if it were merged."""

    case: Case
    ids: tuple[str, ...]
    """Identifications of what it changes."""
    state: State
    """What is in force on its base."""
    clashes: tuple[Finding, ...]
    """What both sides have changed and nobody has joined yet."""
    notes: tuple[str, ...]
    """See `Answer`."""

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


def judge(repository: Repository, pull: PullRequest, now: datetime, base: str = "") -> Answer:
    """Judge a pull request by what is in force on its base; raises QmsError as `examine`."""
    found = examine(repository, pull, now, base)
    return Answer(found.ids, (*found.clashes, *found.missing(*found.ids)), found.notes)


def examine(repository: Repository, pull: PullRequest, now: datetime, base: str = "") -> Examined:
    """Return a pull request with what is in force on its base, as if it were merged now.

    `base` is what it would be merged into; else it is the branch that the forge names, as this
    clone knows it. Raises QmsError if base or head are not in the repository, if the base is none
    that follows the one that the forge names, if the manual has not begun there, or if the pull
    request is of a repository that the authority does not count.
    """
    importing.refuse_absent(repository, pull)
    pull = replace(pull, base=_base(repository, pull, base))
    merge = merging.merged(repository, pull.base, pull.head)
    ledger = signing.begun(history.ledger(repository, pull.base, merge.contents))
    assert ledger.rules is not None
    importing.refuse_other_repository(ledger.rules.authority, pull)
    rules = ledger.rules
    state = history.state_of(ledger, repository, now)
    ledger.frozen = True
    before = Tree(dict(ledger.tree().blobs), repository.read_blob)
    arrival = _arrival(repository, ledger, pull, merge, now)
    ledger.land(arrival)
    standing = ledger.standing(arrival.landing, rules)
    if pull.reviews:
        body = importing.resolved(repository, pull, rules.authority)
        _count(ledger, body, Moment(arrival.landing, rules))
    paths = _paths(ledger, before, standing.tree)
    found = Case(repository, ledger, standing.tree, standing, paths)
    ids = sorted((*paths, *(name for name in DATA if _is_touched(name, arrival))))
    clashes = (Finding("QMS907", Place(each), "clash", {"path": each}) for each in merge.clashes)
    notes = (each.path for each in merge.changes if each.path.startswith(_SETTINGS))
    return Examined(found, tuple(ids), state, tuple(clashes), tuple(notes))


def _base(repository: Repository, pull: PullRequest, named: str) -> str:
    """Return what a pull request would be merged into: the forge may name what is long past."""
    known = repository.tip(named) if named else commits.branch(repository, pull.branch)
    tip = known or pull.base
    if not commits.is_landing(repository, pull.base, tip):
        raise QmsError("other-base", commit=pull.base[:12], number=pull.number, tip=tip[:12])
    return tip


def _arrival(
    repository: Repository, ledger: Ledger, pull: PullRequest, merge: Merge, now: datetime
) -> Arrival:
    """Return the pull request as it would come to main: all its commits, and a merge by nobody."""
    known = {commit.id for commit in repository.history(pull.base)}
    brought = tuple(each for each in repository.history(pull.head) if each.id not in known)
    last = ledger.tip
    landing = Landing(last.number + 1, _NOBODY, max(now, last.instant))
    seconds = int(landing.instant.timestamp())
    changes = tuple(each for each in merge.changes if not _is_import(each))
    commit = Commit(_NOBODY, (pull.base, pull.head), seconds, "", (), changes)
    return Arrival(landing, commit, (*brought, commit))


def _is_import(change: FileChange) -> bool:
    """Tell whether a branch brings along what an importer says: here the forge is asked itself.

    Who can change the branch's workflow may have an importer's key.
    """
    return change.old_mode == GONE and change.path.startswith(records.REVIEWS)


def _count(ledger: Ledger, body: Reviews, moment: Moment) -> None:
    """Let reviews count as if an importer who has written nothing had recorded them."""
    record = Record(ledger.genesis, Signer("", "", ""), "", body)
    ledger.clicks.add(record, moment, "")


def _paths(ledger: Ledger, before: Tree, after: Tree) -> dict[str, dict[str, str]]:
    """Return the documents that a merge changes: identification → language → path.

    What the policy in force calls no document is none, unless it was released: a pull request
    hides nothing by moving it. Raises QmsError if a document that it touches cannot be read.
    """
    assert ledger.rules is not None
    policy = ledger.rules.policy
    old = {(each.path, found) for each, found in importing.contents(before)}
    known = {found for _, found in old if found}
    new = list(importing.contents(after))
    _refuse_unreadable(policy, before, after, {each.path for each, _ in new})
    ids = {
        each.id
        for each, found in new
        if (found not in known if found else (each.path, None) not in old)
    }
    paths: dict[str, dict[str, str]] = {}
    for each, _ in new:
        if each.id in ids and (policy.holds_documents(each.path) or each.id in ledger.issues):
            paths.setdefault(each.id, {}).setdefault(each.language, each.path)
    return paths


def _refuse_unreadable(policy: Policy, before: Tree, after: Tree, readable: set[str]) -> None:
    for path, file in after.blobs.items():
        is_document = path.endswith(".md") and policy.holds_documents(path)
        if is_document and path not in readable and before.blobs.get(path) != file:
            raise QmsError("unreadable-document", path=path)


def _is_touched(name: str, arrival: Arrival) -> bool:
    return any(each.path == DATA[name] for each in arrival.commit.changes)
