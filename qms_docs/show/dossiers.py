"""What is known of one document, as text and as JSON."""

import json
from collections.abc import Mapping

from qms_docs.judge import register, subjects, usage
from qms_docs.judge.dossier import Dossier
from qms_docs.show import copies, evidence
from qms_docs.show.standards import standard_name
from qms_docs.show.terminal import visible
from qms_docs.text.messages import label
from qms_docs.words.manual import Manual
from qms_docs.words.rows import Kind, rows_of


def facts(dossier: Dossier, manual: Manual, language: str) -> dict[str, str]:
    """Return the facts of a document: key of the label → words."""
    document, control, policy = dossier.document, dossier.document.control, manual.policy
    kind = policy.types.get(control.type)
    classification = policy.classifications.get(control.classification)
    form = manual.forms.get(document.id)

    def names(roles: tuple[str, ...]) -> str:
        return ", ".join(register.role_name(manual, role, language) for role in roles)

    reading = label(f"reading-{control.distribution.reading}", language)
    days = label("days", language, count=control.distribution.days)
    return {
        "type": policy.in_language(kind.name, language) if kind else control.type,
        "revision": str(document.revision),
        "status": label(f"status-{dossier.status}", language),
        "change": f"{label(f'class-{document.change.grade}', language)}: {document.change.summary}",
        "reason": document.change.reason,
        "owner": names((control.owner,)),
        "reviewers": names(control.reviewers),
        "approvers": names(control.approvers),
        "effective": register.effective(document, language),
        "review-every": label("months", language, count=control.review_months),
        "review-due": register.instant(dossier.due, policy) if dossier.due else "",
        "classification": policy.in_language(classification, language) if classification else "–",
        "clauses": "; ".join(
            f"{standard_name(name)}: {', '.join(numbers)}"
            for name, numbers in control.clauses.items()
        ),
        "distribution": f"{names(control.distribution.roles)} ({reading}, {days})"
        if control.distribution.roles
        else "",
        "records": ", ".join(control.records),
        "parent": control.parent or "",
        **(subjects.kept(manual, form, language) if form else {}),
    }


Digests = Mapping[str, str | None]
"""Language tag → content digest, None where something that the text includes is missing."""


def as_text(dossier: Dossier, manual: Manual, digests: Digests, language: str) -> str:
    """Return the dossier for a terminal."""
    document = dossier.document
    lines = [f"{document.id} {document.title}", ""]
    for key, value in facts(dossier, manual, language).items():
        if value:
            lines.append(f"  {label(key, language)}: {value}")
    lines += ["", f"  {label('translations', language)}:"]
    for text in dossier.languages:
        digest = digests[text.language] or label("no-digest", language)
        lines.append(f"    {text.language}  {text.title}  ({text.path})")
        lines.append(f"      {label('content-digest', language)}: {digest}")
    lines += evidence.lines(dossier, manual, language)
    lines += copies.lines(manual, document.id, language)
    if manual.sources:  # of another time it is not known
        lines += ["", f"  {label('where-used', language)}:"]
        lines += [f"    {place}" for place in dossier.used_at] or [f"    {label('none', language)}"]
        assessed = usage.of_rules(manual, document.id, language)
        if assessed:
            lines += ["", f"  {label('assessed-by', language)}:"]
            lines += [f"    {each.words}  ({each.place})" for each in assessed]
    return "\n".join(map(visible, lines))


def as_json(dossier: Dossier, manual: Manual, digests: Digests, _language: str) -> str:
    """Return the dossier as JSON; names of fields are the same in every language."""
    document, control = dossier.document, dossier.document.control
    data = {
        "id": document.id,
        "title": document.title,
        "type": control.type,
        "revision": document.revision,
        "status": str(dossier.status),
        "owner": control.owner,
        "reviewers": control.reviewers,
        "approvers": control.approvers,
        "effective": control.effective,
        "review_months": control.review_months,
        "classification": control.classification,
        "clauses": control.clauses,
        "records": control.records,
        "parent": control.parent,
        "languages": [
            {
                "language": text.language,
                "title": text.title,
                "path": text.path,
                "content_digest": digests[text.language],
            }
            for text in dossier.languages
        ],
        "steps": [
            {
                "number": step["step"].text,
                "role": step["role"].text,
                "action": step["action"].text,
                "record": step["record"].text,
                "limit": step["limit"].text,
                "line": step.place.line,
            }
            for step in rows_of(document.source, manual.policy).get(Kind.STEPS, ())
        ],
        "review_due": dossier.due.isoformat() if dossier.due else None,
        **evidence.data(dossier),
        "copies": copies.data_of(manual, document.id),
        "used_at": [str(place) for place in dossier.used_at],
        "assessed_by": [
            {"item": each.words, "place": str(each.place)}
            for each in usage.of_rules(manual, document.id, manual.policy.master)
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)
