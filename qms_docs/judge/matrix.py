"""Who does what: the responsibility matrix of documents and roles (ISO 9001:2015, 5.3).

Nobody types it. It follows from front matters and from the tables that say who acts.
"""

from collections import defaultdict
from collections.abc import Mapping

from qms_docs.judge import acts, register
from qms_docs.text.messages import label
from qms_docs.words import rows
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.tables import Cell, Column, Table


def roles(manual: Manual, language: str) -> Table:
    """Return every document with what each role owns, reviews, approves and does in it."""
    masters = [document for document in manual.documents if document.is_master]
    known = sorted(manual.roles)
    numbers = _numbers(manual)
    return Table(
        title=label("responsibility-matrix", language),
        subtitle=manual.policy.in_language(manual.policy.organisation, language),
        language=language,
        columns=(
            Column("identification", label("identification", language), 16),
            Column("title", label("title", language), 40),
            *(Column(role, register.role_name(manual, role, language), 14) for role in known),
        ),
        rows=tuple(
            (
                Cell(document.id),
                Cell((manual.find(document.id, language) or document).title),
                *(Cell(_part(document, role, numbers, language)) for role in known),
            )
            for document in masters
        ),
        note=label("matrix-note", language),
    )


def _numbers(manual: Manual) -> Mapping[tuple[str, str], list[str]]:
    """Return document and role → the numbers of its steps; nothing where it only hands over."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for act in acts.acts(manual):
        for role in act.roles:
            found[act.document.id, role] += filter(None, [act.number])
    return found


def _part(
    document: Document, role: str, numbers: Mapping[tuple[str, str], list[str]], language: str
) -> str:
    """Return what a role has to do with a document, in the letters of the note."""
    control, parts = document.control, []
    if role == control.owner:
        parts.append(label("matrix-owns", language))
    if role in control.reviewers:
        parts.append(label("matrix-reviews", language))
    if role in control.approvers:
        parts.append(label("matrix-approves", language))
    if (document.id, role) in numbers:
        steps = label("enumeration", language).join(rows.spans(numbers[document.id, role]))
        parts.append(label("matrix-does", language, steps=steps).strip())
    return " \u00b7 ".join(parts)
