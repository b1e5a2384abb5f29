"""What is kept: forms with owner, place and retention, external documents with their editions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from qms_docs.judge import listing, naming, register, reviews, usage
from qms_docs.text.messages import label
from qms_docs.words.manual import Manual
from qms_docs.words.rows import Kind
from qms_docs.words.tables import Table

_RECORDS = (
    ("form", 16),
    ("title", 40),
    ("owner", 30),
    ("store", 18),
    ("kept-where", 44),
    ("retention", 14),
    ("template", 36),
    ("made-in-steps", 60),
    ("clauses", 24),
)
_EXTERNAL = (
    ("identification", 14),
    ("title", 60),
    ("edition", 24),
    ("owner", 30),
    ("seen", 14),
    ("checked", 12),
    ("check-due", 12),
    ("referred-to-in", 60),
)


def records(manual: Manual, language: str) -> Table:
    """Return all forms: who keeps the record, where, how long, and which steps make it."""
    steps = _steps(manual, language)

    def rows() -> Iterator[tuple[str, ...]]:
        for form in manual.forms.values():
            template = manual.find(form.id, language) or manual.find(form.id)
            yield (
                form.id,
                manual.policy.in_language(form.title, language),
                register.role_name(manual, form.owner, language),
                label(f"store-{form.store}", language),
                manual.policy.in_language(form.where, language),
                label("months", language, count=form.retention_months),
                template.path if template else "",
                "; ".join(steps.get(form.id, ())),
                "; ".join(f"{name}: {', '.join(each)}" for name, each in form.clauses.items()),
            )

    return listing.table(manual, language, "kept-records", _RECORDS, rows())


def _steps(manual: Manual, language: str) -> Mapping[str, list[str]]:
    """Return form → in which steps of which document its record is made."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for document in manual.documents:
        for row in manual.rows(document.source, Kind.STEPS) if document.is_master else ():
            for form in naming.identifications(row["record"]):
                found[form, document.id].append(row["step"].text)
    listed: dict[str, list[str]] = defaultdict(list)
    for (form, document_id), numbers in found.items():
        words = label("steps-of", language, document=document_id, numbers=", ".join(numbers))
        listed[form].append(words)
    return listed


def external(manual: Manual, language: str) -> Table:
    """Return all external documents: edition, when somebody looked, and where they are used."""
    used = usage.of_identifications(manual)

    def rows() -> Iterator[tuple[str, ...]]:
        for each in manual.externals.values():
            yield (
                each.id,
                manual.policy.in_language(each.title, language),
                each.edition,
                register.role_name(manual, each.owner, language),
                label(f"external-{each.status}", language),
                each.checked.isoformat(),
                reviews.after_months(each.checked, each.check_months).isoformat(),
                listing.documents_at(manual, used.get(each.id, ())),
            )

    return listing.table(manual, language, "external-documents", _EXTERNAL, rows())
