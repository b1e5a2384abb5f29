"""Reviews of a pull request become a record: which exact texts each of them was given for."""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from qms_docs.edges import commits
from qms_docs.edges.git import Repository
from qms_docs.judge.ledger import Ledger
from qms_docs.judge.statements import Moment
from qms_docs.judge.tree import Tree
from qms_docs.text import records
from qms_docs.words.authority import Authority
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import ForgeReview, Reviews, ReviewState, Subject
from qms_docs.words.history import Commit, Landing
from qms_docs.words.model import Document
from qms_docs.words.pullrequests import PullRequest, Review
from qms_docs.work import history, signing
from qms_docs.work.asked import Asked

_SILENT = (ReviewState.COMMENTED, ReviewState.DISMISSED, ReviewState.PENDING)
"""States that approve and reject nothing; each is its own reason."""


def bring_in(repository: Repository, pull: PullRequest, asked: Asked) -> tuple[Path, ...]:
    """Write the record of a pull request's reviews; return its files, none if it is known.

    Raises QmsError if the record would not count: the repository is none of the manual's, or the
    person may not import.
    """
    ledger = signing.begun(history.ledger(repository))
    assert ledger.rules is not None
    authority = ledger.rules.authority
    refuse_other_repository(authority, pull)
    who, role = signing.acting(authority, asked, authority.importers, "importer")
    body = resolved(repository, pull, authority)
    last = ledger.tip
    landing = Landing(last.number + 1, last.commit, max(asked.now, last.instant))
    if body in _known(repository, ledger, Moment(landing, ledger.rules)):
        return ()
    return signing.write(repository, ledger.genesis, who, role, body, asked.on_behalf_of)


def refuse_other_repository(authority: Authority, pull: PullRequest) -> None:
    """Raise QmsError if the authority does not name the repository: by number, never by name."""
    if not authority.counts(pull.forge, pull.host, pull.repository):
        where = pull.host or pull.forge
        raise QmsError("other-repository", name=pull.name, number=pull.repository, forge=where)


def refuse_absent(repository: Repository, pull: PullRequest) -> None:
    """Raise QmsError if base or head of a pull request are not in the repository."""
    for name in (pull.base, pull.head):
        if not commits.is_there(repository, name):
            where = pull.reference
            raise QmsError("not-fetched", commit=name[:12], number=pull.number, reference=where)


def resolved(repository: Repository, pull: PullRequest, authority: Authority) -> Reviews:
    """Return the reviews with the texts that they were given for.

    Who has written, Git knows too, as the authority reads it. Raises QmsError if base or head of
    the pull request are not there, or if it has no reviews.
    """
    if not pull.reviews:
        raise QmsError("no-reviews", number=pull.number)
    refuse_absent(repository, pull)

    @cache
    def texts(commit: str, base: str) -> tuple[Subject, ...] | None:
        are_there = all(commits.is_there(repository, each) for each in (commit, base))
        return changed(repository, base, commit) if are_there else None

    reviews = []
    for each in sorted(pull.reviews, key=lambda each: each.id):
        found = texts(each.commit, each.base or pull.base)
        is_rejection = each.state is ReviewState.CHANGES_REQUESTED
        if found is None and is_rejection:  # what cannot be placed counts against what stands there
            found = texts(pull.head, pull.base)
        lost = "" if found is not None else "not-fetched" if each.commit else "unbound"
        reason = _reason(each, pull.reviews) or lost
        reviews.append(
            ForgeReview(
                review=each.id,
                account=each.account.id if each.account else 0,
                state=each.state,
                commit=each.commit,
                submitted=each.submitted,
                subjects=found or (),
                reason=reason or ("" if found else "no-text"),
            )
        )
    return Reviews(
        forge=pull.forge,
        repository=pull.repository,
        number=pull.number,
        base=pull.base,
        head=pull.head,
        opener=pull.opener,
        authors=_authors(repository, pull, authority),
        reviews=tuple(reviews),
        host=pull.host,
    )


def _reason(each: Review, reviews: tuple[Review, ...]) -> str:
    """Return why a review counts for nothing, by what the forge says; empty if it may count."""
    if each.state in _SILENT:
        return str(each.state)
    if each.account is None:
        return "no-account"
    if each.account.is_bot:
        return "bot"
    later = (
        other
        for other in reviews
        if other.account == each.account and (other.submitted, other.id) > (each.submitted, each.id)
    )
    return "newer" if any(_outdates(other.state, each.state) for other in later) else ""


def _outdates(later: ReviewState, state: ReviewState) -> bool:
    """Tell whether a later review takes the place of one; no dismissal lifts a rejection."""
    if later is ReviewState.DISMISSED:
        return state is ReviewState.APPROVED
    return later in (ReviewState.APPROVED, ReviewState.CHANGES_REQUESTED)


def changed(repository: Repository, base: str, commit: str) -> tuple[Subject, ...]:
    """Return the documents that a commit changes, compared with where it left the base."""
    before = subjects(repository, commits.fork(repository, base, commit))
    return tuple(sorted(subjects(repository, commit) - before))


@lru_cache(maxsize=8)  # the same few commits of one pull request; a commit does not change
def subjects(repository: Repository, commit: str) -> frozenset[Subject]:
    """Return every document of a commit that is in order, with its content."""
    tree = Tree(commits.files(repository, commit), repository.read_blob)
    return frozenset(found for _, found in contents(tree) if found is not None)


def contents(tree: Tree) -> Iterator[tuple[Document, Subject | None]]:
    """Yield every document of a commit, with its content; None if it includes what is not there.

    In whatever folder it stands: which those of the manual are, the commit itself could change.
    """
    paths = tuple(path for path in sorted(tree.blobs) if path.endswith(".md"))
    for each in tree.documents(paths).values():
        found = tree.closure(each)
        if found is None:
            yield each, None
        else:
            yield each, Subject(each.id, each.language, each.revision, found.digest)


def _authors(repository: Repository, pull: PullRequest, authority: Authority) -> tuple[int, ...]:
    """Return the accounts of those who have written, as the forge or Git says.

    Who only adds records has written nothing, and a merge is what was merged. Git names also whose
    suggestion the author of a commit has taken over.
    """
    commits = repository.history(f"{pull.base}..{pull.head}")
    records_only = {each.id for each in commits if _adds_records(each)}
    found = {each.account for each in pull.commits if each.commit not in records_only}
    for each in commits:
        if each.id not in records_only and len(each.parents) < 2:
            for person in authority.people_of((each.author, *each.coauthors)):
                found.update(authority.people[person].on(pull.forge))
    return tuple(sorted(found - {0}))


def _adds_records(commit: Commit) -> bool:
    """Tell whether a commit changes records and nothing else."""
    paths = [each.path for each in commit.changes]
    return bool(paths) and all(path.startswith(records.FOLDER) for path in paths)


def _known(repository: Repository, ledger: Ledger, moment: Moment) -> Iterator[Reviews]:
    """Yield what was imported before, on main or in the work tree, and would add nothing now.

    It would if it was taken back, or if the authority has learned of an account since.
    """
    for record in ledger.records.values():
        if isinstance(record.body, Reviews) and not ledger.clicks.would_add(record, moment):
            yield record.body
    for body in signing.waiting(repository, ledger, records.REVIEWS):
        if isinstance(body, Reviews):
            yield body
