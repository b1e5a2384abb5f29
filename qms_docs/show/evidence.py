"""The evidence of one document, as text and as data: revisions, what is missing, what failed."""

from collections.abc import Iterator, Mapping

from qms_docs.judge import register
from qms_docs.judge.approvals import Evidence, Slot
from qms_docs.judge.dossier import Dossier
from qms_docs.judge.lifecycle import Life
from qms_docs.text.messages import label
from qms_docs.words.evidence import Grade
from qms_docs.words.issues import Approval
from qms_docs.words.manual import Manual
from qms_docs.words.model import Status


def lines(dossier: Dossier, manual: Manual, language: str) -> Iterator[str]:
    """Yield what a terminal shows of the evidence."""
    if dossier.status is Status.DRAFT:
        yield ""
        words = (_missing(slot, dossier, manual, language) for slot in dossier.missing)
        told = "; ".join(words) or label("nothing-missing", language)
        yield f"  {label('missing-approval', language)}: {told}"
        if not dossier.is_committed:
            yield f"    {label('not-committed', language)}"
    if dossier.dismissed:
        yield f"  {label('dismissed', language)}:"
        for each, reason in dossier.dismissed:
            yield f"    {_said(each, dossier, language)}: {label(f'reason-{reason}', language)}"
    if dossier.revisions:
        yield ""
        yield f"  {label('revision-history', language)}:"
        for life in reversed(dossier.revisions):
            yield from _revision(life, dossier, manual, language)


def _revision(life: Life, dossier: Dossier, manual: Manual, language: str) -> Iterator[str]:
    issue, policy = life.issue, manual.policy
    document = issue.document
    assert document is not None
    grade = label(f"class-{document.change.grade}", language)
    status = label(f"status-{life.status}", language)
    span = f"{register.instant(issue.effective, policy)} – {register.instant(life.until, policy)}"
    yield f"    {document.revision} ({document.language})  {status}  {span}"
    yield f"      {label('change', language)}: {grade}: {document.change.summary}"
    signer = dossier.releasers.get(issue.release)
    landed = f"{register.instant(issue.landing.instant, policy)}, {issue.landing.commit[:12]}"
    if signer:
        name = person_name(dossier.names.get(signer.person), signer.person, language)
        yield f"      {label('released-by', language)}: {name} ({signer.role}), {landed}"
    for approval in issue.approvals:
        yield f"      {_approval(approval, manual, language)}"


def _approval(approval: Approval, manual: Manual, language: str) -> str:
    name = person_name(approval.person, "", language)
    if approval.on_behalf_of:
        giver = person_name(approval.on_behalf_of, "", language)
        name = label("on-behalf", language, person=name, giver=giver)
    when = register.instant(approval.landing.instant, manual.policy)
    words = label(f"grade-{approval.grade}", language)
    return f"{label(approval.meaning, language)}: {name} ({approval.role}), {when}, {words}"


def _missing(slot: Slot, dossier: Dossier, manual: Manual, language: str) -> str:
    """Return whose word is needed, in words."""
    words = label(f"not-{slot.meaning}", language)
    if not slot.who:
        return words
    who = slot.who
    if who in dossier.names:
        who = person_name(dossier.names[who], who, language)
    elif who.startswith("+"):
        who = label("one-more", language)
    elif who in manual.roles:
        who = register.role_name(manual, who, language)
    return f"{words} ({who})"


def _said(each: Evidence, dossier: Dossier, language: str) -> str:
    name = person_name(dossier.names.get(each.person), each.person, language)
    if each.grade is not Grade.SSH:
        name = label("graded", language, person=name, grade=each.grade)
    return f"{label(each.act.meaning, language)}, {name} ({each.role})"


def person_name(names: Mapping[str, str] | None, key: str, language: str) -> str:
    """Return the name of a person in a language, or the first, or the key where none is known."""
    if not names:
        return key
    return names.get(language) or names.get("") or next(iter(names.values()))


def data(dossier: Dossier) -> dict[str, object]:
    """Return the evidence as data; names of fields are the same in every language."""
    return {
        "missing": [{"meaning": str(slot.meaning), "who": slot.who} for slot in dossier.missing],
        "committed": dossier.is_committed,
        "dismissed": [
            {
                "meaning": str(each.act.meaning),
                "person": each.person,
                "role": each.role,
                "record": each.record,
                "grade": str(each.grade),
                "reason": reason,
            }
            for each, reason in dossier.dismissed
        ],
        "revisions": [_life(life, dossier) for life in dossier.revisions],
    }


def _life(life: Life, dossier: Dossier) -> dict[str, object]:
    issue, signer = life.issue, dossier.releasers.get(life.issue.release)
    assert issue.document is not None
    return {
        "revision": issue.subject.revision,
        "language": issue.subject.language,
        "content_digest": issue.subject.content,
        "status": str(life.status),
        "class": issue.document.change.grade,
        "summary": issue.document.change.summary,
        "released_by": signer.person if signer else None,
        "release": issue.release,
        "commit": issue.landing.commit,
        "landed": issue.landing.instant.isoformat(),
        "in_force_from": issue.effective.isoformat(),
        "until": life.until.isoformat() if life.until else None,
        "approvals": [
            {
                "meaning": str(each.meaning),
                "role": each.role,
                "person": dict(each.person),
                "on_behalf_of": dict(each.on_behalf_of) if each.on_behalf_of else None,
                "landed": each.landing.instant.isoformat(),
                "grade": str(each.grade),
            }
            for each in issue.approvals
        ],
    }
