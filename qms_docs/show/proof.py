"""What a page tells of its own standing: status, approvals, revision history, how to verify it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from qms_docs.judge import lifecycle, register
from qms_docs.judge.lifecycle import Life
from qms_docs.show import templates
from qms_docs.text import codes, facts
from qms_docs.text.facts import Facts
from qms_docs.text.messages import label
from qms_docs.words.evidence import Grade, Meaning
from qms_docs.words.issues import Approval, Issue
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document, Status


@dataclass(frozen=True)
class ApprovalLine:
    """A line of the approval table (ISO 9001:2015, 7.5.2 c)."""

    meaning: str
    roles: tuple[str, ...]
    person: str
    instant: str = "–"
    evidence: str = "–"
    is_open: bool = False
    """Nobody has said it yet."""


@dataclass(frozen=True)
class HistoryLine:
    """A line of the revision history (ISO 9001:2015, 7.5.3.2 c)."""

    revision: int
    date: str
    change: str
    reason: str
    summary: str
    approved_by: str
    is_open: bool = False


@dataclass(frozen=True)
class Proof:
    """Everything of it, in the language of the document."""

    status: Status
    state: str
    """What every page says, for example `In force from 2026-03-02`."""
    is_marked: bool
    """The status stands across every page, because the text is not in force."""
    approvals: tuple[ApprovalLine, ...]
    history: tuple[HistoryLine, ...]
    facts: Mapping[str, str]
    """Key of the label → what the last page tells for verifying."""
    code: str = ""
    """What a reader types to ask whether the text is in force; empty for a draft."""


def proof(document: Document, manual: Manual) -> Proof:
    """Return what a page tells; facts of its own document only, so that others cannot change it.

    A released text is printed once, as it is while in force; what it is before and after is marked
    across the pages of that print (`mark`).
    """
    issue = lifecycle.issue_of(document, manual)
    history = tuple(_history(document, manual, issue))
    if issue is None or manual.as_of is None:
        state = label("stamp-draft", document.language)
        return Proof(Status.DRAFT, state, True, tuple(_open(document, manual)), history, {})
    return Proof(
        status=Status.EFFECTIVE,
        state=_state(issue, manual, document.language),
        is_marked=False,
        approvals=tuple(_given(issue, manual, document.language)),
        history=history,
        facts=_facts(issue, manual),
        code=codes.code_of(issue.release, issue.subject.id, issue.subject.language),
    )


def moment(instant: datetime, manual: Manual) -> str:
    """Return date, time and offset in the manual's time zone, to the minute."""
    local = instant.astimezone(ZoneInfo(manual.policy.time_zone))
    return local.isoformat(sep=" ", timespec="minutes")


def day(instant: datetime, manual: Manual) -> str:
    """Return a date in the manual's time zone."""
    return f"{instant.astimezone(ZoneInfo(manual.policy.time_zone)):%Y-%m-%d}"


def mark(life: Life, manual: Manual, language: str) -> str:
    """Return what stands across the pages of a text that is not in force, as HTML of two pages."""
    over = life.status in (Status.SUPERSEDED, Status.WITHDRAWN, Status.EXPIRED)
    since = life.until if over and life.until else life.issue.effective
    others = sorted(manual.policy.languages, key=lambda tag: tag != language)
    states = (label(f"stamp-{life.status}", tag, date=moment(since, manual)) for tag in others)
    return templates.render(
        "mark.html",
        language=language,
        state=" · ".join(states),
        mark=label(f"watermark-{life.status}", language),
    )


def _state(issue: Issue, manual: Manual, language: str) -> str:
    """Return from when a revision is in force; whether it still is, its own page cannot know."""
    words = label("stamp-effective", language, date=day(issue.effective, manual))
    if issue.document and issue.document.control.expires:
        expires = moment(datetime.fromisoformat(issue.document.control.expires), manual)
        words += " · " + label("stamp-expires", language, date=expires)
    return words


def _open(document: Document, manual: Manual) -> Iterator[ApprovalLine]:
    """Yield whose words a draft needs."""
    control, language = document.control, document.language
    wanted = (
        ("prepared", (control.owner,)),
        ("reviewed", control.reviewers),
        ("approved", control.approvers),
    )
    for meaning, roles in wanted:
        named = tuple(register.role_name(manual, role, language) for role in roles)
        nobody = label(f"not-{meaning}", language)
        yield ApprovalLine(label(meaning, language), named, nobody, is_open=True)


def _given(issue: Issue, manual: Manual, language: str) -> Iterator[ApprovalLine]:
    """Yield whose words a release rests on."""
    for each in issue.approvals:
        person = _name(each.person, language)
        if each.on_behalf_of:
            person = label(
                "on-behalf", language, person=person, giver=_name(each.on_behalf_of, language)
            )
        yield ApprovalLine(
            meaning=label(each.meaning, language),
            roles=(register.role_name(manual, each.role, language),),
            person=person,
            instant=moment(each.landing.instant, manual),
            evidence=label(f"grade-{each.grade}", language),
        )


def _history(document: Document, manual: Manual, own: Issue | None) -> Iterator[HistoryLine]:
    """Yield the revisions up to this one, the newest first."""
    language = document.language
    if own is None:
        change = document.change
        yield HistoryLine(
            revision=document.revision,
            date=label("not-released-yet", language),
            change=label(f"class-{change.grade}", language),
            reason=change.reason,
            summary=change.summary,
            approved_by="–",
            is_open=True,
        )
    for issue in reversed(manual.released.issues.get(document.id, ())):
        released, known = issue.document, manual.as_of and issue.landing.instant <= manual.as_of
        shown = issue.subject.language == language and issue.subject.revision <= document.revision
        if shown and known and released:
            yield HistoryLine(
                revision=issue.subject.revision,
                date=day(issue.effective, manual),
                change=label(f"class-{released.change.grade}", language),
                reason=released.change.reason,
                summary=released.change.summary,
                approved_by=", ".join(
                    _approver(each, language)
                    for each in issue.approvals
                    if each.meaning is Meaning.APPROVED
                ),
            )


def known(document: Document, manual: Manual, content: str) -> Facts:
    """Return what a machine is told for verifying a text; of a draft its content alone."""
    issue = lifecycle.issue_of(document, manual)
    if issue is None:
        return Facts(document.id, document.language, document.revision, content)
    return facts.of(issue, manual.released.genesis)


def _facts(issue: Issue, manual: Manual) -> Mapping[str, str]:
    told = facts.of(issue, manual.released.genesis)
    return {
        "content-digest": told.content_digest,
        "release-record": told.release,
        "release-commit": told.commit,
        "genesis": told.genesis,
    }


def _approver(each: Approval, language: str) -> str:
    """Return who has approved; how it is known, where that is weaker than a signature."""
    name = _name(each.person, language)
    if each.grade is Grade.SSH:
        return name
    return label("graded", language, person=name, grade=each.grade)


def _name(names: Mapping[str, str], language: str) -> str:
    return names.get(language) or names.get("") or next(iter(names.values()))
