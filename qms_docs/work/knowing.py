"""What is known of one document: in the work tree, in the history, and at another time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from qms_docs.edges.git import Repository
from qms_docs.judge import dossier as dossiers
from qms_docs.judge import subjects
from qms_docs.judge.candidate import Candidate
from qms_docs.judge.dossier import Dossier
from qms_docs.judge.ledger import Ledger
from qms_docs.judge.subjects import Subject
from qms_docs.text import records
from qms_docs.words.errors import QmsError
from qms_docs.words.history import Landing
from qms_docs.words.manual import Manual
from qms_docs.words.model import Status
from qms_docs.work import history, workspace
from qms_docs.work.decide import Case


@dataclass(frozen=True)
class Known:
    """A dossier with the manual that it belongs to."""

    dossier: Dossier
    manual: Manual
    digests: Mapping[str, str | None]
    """Language → content digest."""


def known(
    repository: Repository, identification: str, as_of: date | None, now: datetime, language: str
) -> Known | Subject:
    """Return what is known of a document now, or what was known at a time, without drafts then.

    What is no document is known as it stands now. Raises QmsError if there is nothing of the name.
    """
    snapshot = repository.work_tree()
    if as_of is not None:
        then = history.then(repository, as_of)
        manual, ledger = then.manual, then.ledger
    elif records.GENESIS_PATH in snapshot.modes:
        ledger = history.walked(repository)
        state = history.state_of(ledger, repository, now)
        manual = workspace.load_remembering(snapshot, state)
    else:
        ledger, manual = None, workspace.load_remembering(snapshot)
    found = dossiers.of(manual, identification)
    if found is None:
        subject = None if as_of else subjects.of(manual, identification, language)
        if subject is None:
            raise manual.why_missing(identification)
        return subject
    digests = dossiers.digests(found, manual, snapshot.read)
    if ledger is not None and ledger.rules is not None:
        draft = None
        if found.status is Status.DRAFT:
            draft = _draft(repository, ledger, manual, identification, now)
        found = dossiers.with_evidence(found, ledger, draft)
        found = replace(found, is_committed=draft is None or _stands(draft, digests))
        if draft is None and found.status is Status.DRAFT:
            found = replace(found, is_committed=False)
    return Known(found, manual, digests)


def _draft(
    repository: Repository, ledger: Ledger, manual: Manual, identification: str, now: datetime
) -> Candidate | None:
    """Return a document as it is committed, judged as if it were released now.

    None where no such document is committed in order: then nothing can have been said of it.
    """
    assert ledger.rules is not None
    last = ledger.tip
    landing = Landing(last.number, last.commit, max(now, last.instant))
    standing = ledger.standing(landing, ledger.rules)
    paths = {each.language: each.path for each in manual.languages_of(identification)}
    case = Case(repository, ledger, standing.tree, standing, {identification: paths})
    try:
        texts = case.texts(identification)
    except QmsError:
        return None
    return Candidate(standing, texts)


def _stands(draft: Candidate, digests: Mapping[str, str | None]) -> bool:
    """Tell whether the work tree holds what is committed."""
    return all(digests.get(text.subject.language) == text.subject.content for text in draft.texts)
