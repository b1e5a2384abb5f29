"""The audit walk: the history of main once, from its beginning, into a ledger."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from qms_docs.edges import chronicles
from qms_docs.edges.git import Repository, Snapshot
from qms_docs.judge import controlled, disclosure, landings, lifecycle
from qms_docs.judge.effect import instant_of
from qms_docs.judge.ledger import Ledger
from qms_docs.text import records
from qms_docs.words.errors import QmsError
from qms_docs.words.history import Commit
from qms_docs.words.issues import Chronicle, Issue, Released
from qms_docs.words.manual import Manual
from qms_docs.words.paths import is_file
from qms_docs.work.workspace import State

_AHEAD = 256 * 1024 * 1024
"""Bytes of records that are held at most; 30,000 have some 40 MB."""


def ledger(
    repository: Repository, revision: str = "HEAD", more: Mapping[str, bytes] = MappingProxyType({})
) -> Ledger:
    """Return what main says at a commit; raises QmsError if its history cannot be trusted.

    `more` are contents that are not in the repository, for what lands after it, by name.
    """
    tip = repository.tip(revision)
    commits = repository.history(tip)
    found = Ledger(_ahead(repository, commits, more))
    for arrival in landings.arrivals(commits, tip):
        found.land(arrival)
    return found


def _ahead(
    repository: Repository, commits: Iterable[Commit], more: Mapping[str, bytes]
) -> Callable[[str], bytes]:
    """Return what reads contents; those of records, which are all asked for, it reads at once."""
    wanted = dict.fromkeys(
        change.blob
        for commit in commits
        for change in commit.changes
        if change.path.startswith(records.FOLDER) and is_file(change.mode)
    )
    known = dict(more)
    room = _AHEAD
    for blob, data in repository.read_blobs(wanted, records.LARGEST):
        room -= len(data)
        if room > 0:
            known[blob] = data
    return lambda blob: known[blob] if blob in known else repository.read_blob(blob)


def chronicle(
    repository: Repository, revision: str = "HEAD", *, remembering: bool = False
) -> Chronicle:
    """Return what main says at a commit, as far as readers ask: walked now, or remembered.

    Raises QmsError if its history cannot be trusted.
    """
    tip = repository.tip(revision)
    repository.refuse_other_history()
    found = chronicles.recall(tip) if remembering else None
    if found is None:
        found = ledger(repository, tip).chronicle()
        if remembering:
            chronicles.keep(tip, found)
    return found


def state(
    repository: Repository,
    snapshot: Snapshot,
    when: date,
    revision: str = "HEAD",
    *,
    remembering: bool = False,
) -> State | None:
    """Return what is released, as a commit says; None in a manual that has not begun."""
    if records.GENESIS_PATH not in snapshot.modes:
        return None
    try:
        released = chronicle(repository, revision, remembering=remembering).released
    except QmsError as error:
        if not _is_empty(error, revision):
            raise
        released = Released()
    return _state(released, repository, when)


def walked(repository: Repository, revision: str = "HEAD") -> Ledger:
    """Return the ledger of a commit, an empty one where nothing has been committed yet."""
    try:
        return ledger(repository, revision)
    except QmsError as error:
        if not _is_empty(error, revision):
            raise
        return Ledger(repository.read_blob)


def _is_empty(error: QmsError, revision: str) -> bool:
    """Tell whether an error says that nothing has been committed yet."""
    return error.key == "no-commit" and revision == "HEAD"


def state_of(found: Ledger, repository: Repository, when: date) -> State:
    """Return what a ledger says at an instant, or at the end of a day in its time zone."""
    return _state(found.released(), repository, when)


def _state(released: Released, repository: Repository, when: date) -> State:
    as_of = instant_of(when, released.zone)
    rules = controlled.read_at(released.issues, repository.read_blob, as_of)
    released = replace(
        released,
        authority=rules.authority if rules else None,
        waivers=controlled.waivers_at(released.issues, repository.read_blob, as_of),
    )
    return State(released, as_of, repository.read_blob)


@dataclass(frozen=True)
class Then:
    """The manual as it was released at an instant, with nothing of the work tree."""

    ledger: Ledger
    manual: Manual


def then(repository: Repository, when: date, publication: str | None = None) -> Then:
    """Return what readers had at an instant: all documents, or what a publication contains.

    An empty name is the usual publication's. Raises QmsError if the manual had not begun, or if its
    policy knew no such publication.
    """
    found = walked(repository)
    state = state_of(found, repository, when)
    assert state.as_of is not None
    rules = controlled.read_at(found.issues, repository.read_blob, state.as_of)
    if rules is None:
        raise QmsError("not-begun-then", date=state.as_of.isoformat(timespec="minutes"))
    known = rules.policy.publications
    if publication and publication not in known:
        raise QmsError("no-publication", name=publication, known=", ".join(known) or "–")
    if publication == "":
        publication = disclosure.usual_publication(rules.policy)
    shown = list(_shown(state.released, state.as_of))
    documents = [issue.document for issue in shown if issue.document]
    manual = Manual(
        origin=found.tip.commit,
        policy=rules.policy,
        sources=(),
        documents=tuple(sorted(documents, key=lambda d: (d.id, not d.is_master, d.language))),
        entries=(),
        registers=frozenset(),
        paths={},
        released=state.released,
        publication=publication or "",
        as_of=state.as_of,
    )
    return Then(found, manual)


def _shown(released: Released, as_of: datetime) -> Iterator[Issue]:
    """Yield of each text what is in force, or else the newest that was known."""
    for name, issues in released.issues.items():
        for language in dict.fromkeys(issue.subject.language for issue in issues):
            there = [
                each
                for each in issues
                if each.subject.language == language and each.landing.instant <= as_of
            ]
            effective = lifecycle.in_force(released, name, language, as_of)
            yield from [effective] if effective else there[-1:]
