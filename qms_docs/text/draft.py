"""The text of a new document: front matter and the sections its type demands."""

from collections.abc import Mapping

from qms_docs.text.frontmatter import typed
from qms_docs.text.messages import label
from qms_docs.words.policy import DocumentType, Policy


def master(
    policy: Policy,
    kind: DocumentType,
    identification: str,
    title: str,
    parent: str | None,
    expires: str | None = None,
) -> str:
    """Return a new master that passes `qms check` as it is.

    A document that must expire starts with `expires`, and with the role that owns it as its reader.
    """
    language = policy.master
    responsible = kind.responsible
    fields: Mapping[str, str | int] = {
        "id": identification,
        "type": kind.key,
        "title": title,
        "language": language,
        "revision": 1,
        "owner": responsible.owner,
    }
    lines = [f"{name}: {typed(value)}" for name, value in fields.items()]
    lines += [
        f"reviewers: [{', '.join(responsible.reviewers)}]",
        f"approvers: [{', '.join(responsible.approvers)}]",
        "effective: on-release",
        f"review_months: {kind.review_months}",
        *_change(language),
        f"classification: {_usual_classification(policy)}",
    ]
    if kind.must_expire:
        lines += [f"expires: {expires}", f"distribution: {{roles: [{responsible.owner}]}}"]
    if parent:
        lines.append(f"parent: {parent}")
    return _file(lines, policy, kind, language)


def translation(
    policy: Policy,
    kind: DocumentType,
    identification: str,
    title: str,
    language: str,
    revision: int,
) -> str:
    """Return a new translation of a master's revision."""
    lines = [
        f"id: {identification}",
        f"title: {typed(title)}",
        f"language: {language}",
        f"revision: {revision}",
        f"translation_of: {{id: {identification}, revision: {revision}}}",
        *_change(language),
    ]
    return _file(lines, policy, kind, language)


def _change(language: str) -> list[str]:
    return [
        "change:",
        "  class: major",
        f"  reason: {typed(label('draft-reason', language))}",
        f"  summary: {typed(label('draft-summary', language))}",
    ]


def _usual_classification(policy: Policy) -> str:
    return (
        "internal" if "internal" in policy.classifications else next(iter(policy.classifications))
    )


def _file(lines: list[str], policy: Policy, kind: DocumentType, language: str) -> str:
    guide = label("draft-guide", language)
    body = "\n\n".join(
        "\n\n".join((f"## {policy.in_language(section.name, language)}", guide, *heads))
        for section in kind.sections
        for heads in [[_head(policy, name, language) for name in section.tables]]
    )
    return "---\n" + "\n".join(lines) + "\n---\n\n" + body + "\n"


def _head(policy: Policy, kind: str, language: str) -> str:
    """Return the head of a table by which it is known as one of a kind."""
    headings = policy.headings(kind, language)
    return f"| {' | '.join(headings)} |\n|{'---|' * len(headings)}"
