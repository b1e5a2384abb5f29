"""Everything that is known of one document, for `qms show`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from qms_docs.judge import lifecycle, reviews, usage
from qms_docs.judge.approvals import ApprovalResult, Evidence, Slot
from qms_docs.judge.candidate import Candidate
from qms_docs.judge.ledger import Ledger
from qms_docs.judge.lifecycle import Life
from qms_docs.text import closure
from qms_docs.words.evidence import Meaning, Signer
from qms_docs.words.findings import Place
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document, Status

NOTHING_SAID = tuple(
    Slot(meaning, "") for meaning in (Meaning.PREPARED, Meaning.REVIEWED, Meaning.APPROVED)
)
"""What a draft lacks in a manual that has not begun."""


@dataclass(frozen=True)
class Dossier:
    """One document with its languages and its place among the others."""

    document: Document
    status: Status
    languages: tuple[Document, ...]
    used_at: tuple[Place, ...]
    """Where other documents refer to it."""
    missing: tuple[Slot, ...]
    """What stands between the draft in the tree and its release."""
    revisions: tuple[Life, ...] = ()
    """Every released revision in every language, in order."""
    due: datetime | None = None
    """By when what is in force must be reviewed again."""
    dismissed: tuple[tuple[Evidence, str], ...] = ()
    """What was said of the draft and does not count, with the reason: a label `reason-…`."""
    is_committed: bool = True
    """Whether the draft stands in a commit as it stands in the tree: only then it can be approved.
    """
    releasers: Mapping[str, Signer] = field(default_factory=dict)
    """Digest of a release record → who signed it."""
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Key of a person → language tag → name."""


def of(manual: Manual, identification: str) -> Dossier | None:
    """Return the dossier of a document, None if there is no such document."""
    lives = tuple(_lives(manual, identification))
    document = manual.find(identification) or _last(lives, manual.policy.master)
    if document is None:
        return None
    current = _current(document, manual, lives)
    languages = tuple(manual.languages_of(identification)) or (document,)
    return Dossier(
        document=document,
        status=current.status if current else Status.DRAFT,
        languages=languages,
        used_at=tuple(sorted(usage.of_identifications(manual).get(identification, ()))),
        missing=() if current else NOTHING_SAID,
        revisions=lives,
        due=_due(manual, lives),
    )


def _lives(manual: Manual, identification: str) -> Iterator[Life]:
    as_of = manual.as_of
    for issue in manual.released.issues.get(identification, ()) if as_of else ():
        assert as_of is not None
        if issue.document and issue.landing.instant <= as_of:
            yield lifecycle.life(issue, manual.released, as_of)


def _last(lives: Iterable[Life], language: str) -> Document | None:
    """Return the newest released revision of a document whose file is gone."""
    found = [life.issue.document for life in lives if life.issue.subject.language == language]
    return found[-1] if found else None


def _current(document: Document, manual: Manual, lives: Iterable[Life]) -> Life | None:
    """Return the released revision that a document is; None for a draft."""
    issue = lifecycle.issue_of(document, manual)
    return next(
        (life for life in lives if life.issue is issue or life.issue.document is document), None
    )


def _due(manual: Manual, lives: Iterable[Life]) -> datetime | None:
    for life in lives:
        master = life.issue.subject.language == manual.policy.master
        if life.status is Status.EFFECTIVE and master:
            return reviews.due(life.issue, manual.released, manual.as_of)
    return None


def with_evidence(dossier: Dossier, ledger: Ledger, draft: Candidate | None) -> Dossier:
    """Return a dossier with what the ledger knows: who released, what is missing, what failed.

    `draft` is the committed text if it is not released; None where there is no such text.
    """
    assert ledger.rules is not None
    records = {life.issue.release for life in dossier.revisions} & ledger.records.keys()
    return replace(
        dossier,
        missing=tuple(_missing(draft)) if draft else dossier.missing,
        dismissed=tuple(_dismissed(ledger, draft)) if draft else (),
        releasers={digest: ledger.records[digest].signer for digest in records},
        names={key: person.name for key, person in ledger.rules.authority.people.items()},
    )


def _missing(draft: Candidate) -> Iterator[Slot]:
    result = draft.result
    yield from result.missing if result else NOTHING_SAID
    needed, master = draft.requirement, draft.master
    if needed is None or master is None:
        return
    texts = {text.subject.language: text for text in draft.texts if text is not master}
    for language in dict.fromkeys([*texts, *needed.languages]):
        text = texts.get(language)
        if language != master.subject.language and not (
            text and draft.translated(text, master.subject)
        ):
            yield Slot(Meaning.TRANSLATED, language)


def _dismissed(ledger: Ledger, draft: Candidate) -> Iterator[tuple[Evidence, str]]:
    """Yield what was said of the draft, or of what stood there before it, and does not count."""
    result: ApprovalResult | None = draft.result
    if result:
        yield from result.dismissed
        yield from ((each, "rejected") for each in result.rejections)
    subjects = {text.subject for text in draft.texts}
    released = {issue.subject for issue in ledger.issues.get(draft.id, ())}
    for subject, evidence in ledger.statements.evidence.items():
        if subject.id == draft.id and subject not in subjects | released:
            yield from ((each, each.objection or "other-content") for each in evidence)


def digests(
    dossier: Dossier, manual: Manual, read: Callable[[str], bytes]
) -> Mapping[str, str | None]:
    """Return the content digest of each language; None where something included is missing.

    `read` returns the bytes of a file of the same state of the repository. What does not stand in
    the tree has the digest of its release.
    """
    released = {
        (life.issue.subject.language, life.issue.subject.revision): life.issue.subject.content
        for life in dossier.revisions
    }
    found: dict[str, str | None] = {}
    for text in dossier.languages:
        if text.path in manual.by_path:
            inside = closure.in_manual(text, manual, read)
            found[text.language] = inside.digest if inside else None
        else:
            found[text.language] = released.get((text.language, text.revision))
    return found
