"""The matrix of clauses and documents, and what a next edition of a standard would change."""

from collections.abc import Iterator

from qms_docs.judge import clauses, listing
from qms_docs.text.messages import label
from qms_docs.words.errors import QmsError
from qms_docs.words.manual import Manual
from qms_docs.words.standards import Change, Clause, Standard, State
from qms_docs.words.tables import Table

_MATRIX = (
    ("standard", 18),
    ("clause", 10),
    ("title", 48),
    ("demanded", 16),
    ("addressed-in", 48),
    ("held-in", 40),
    ("clause-state", 40),
)
_GAPS = (
    ("clause", 10),
    ("title", 40),
    ("changed", 12),
    ("before", 12),
    ("what-changes", 60),
    ("look-at", 48),
    ("clause-state", 24),
)


def table(manual: Manual, language: str, standard: str = "") -> Table:
    """Return the matrix of a standard; of those that the system is built on if none is named.

    Of a next edition it is what would have to be done for it: each clause that is new or changed,
    the documents that address where it comes from, and whether one addresses it already.
    Raises QmsError if there is no such standard.
    """
    there = manual.standards or {}
    if standard and standard not in there:
        raise QmsError("no-standard", standard=standard, known=", ".join(there) or "\u2013")
    chosen = [there[standard]] if standard else _in_use(manual)
    if len(chosen) == 1 and chosen[0].follows:
        return listing.table(
            manual, language, "edition-gaps", _GAPS, _gaps(manual, chosen[0], language)
        )
    rows = (row for each in chosen for row in _matrix(manual, each, language))
    return listing.table(manual, language, "clause-matrix", _MATRIX, rows)


def _in_use(manual: Manual) -> list[Standard]:
    return [each for each in (manual.standards or {}).values() if each.state is State.IN_USE]


def _matrix(manual: Manual, standard: Standard, language: str) -> Iterator[tuple[str, ...]]:
    there = clauses.addressed(manual, standard.key)
    open_ = {clause.number for clause in clauses.open_clauses(manual, standard)}
    leaves = {clause.number for clause in standard.leaves}
    for number, clause in standard.clauses.items():
        held = (name for demand in standard.demands_of(number) for name in demand.where)
        yield (
            standard.key,
            number,
            manual.policy.in_language(clause.title, language),
            _demanded(clause, language),
            ", ".join(document.id for document in there.get(number, ())),
            ", ".join(dict.fromkeys(held)),
            _state(manual, standard, number, language, is_open=number in open_)
            if number in leaves or number in standard.excluded
            else "",
        )


def _demanded(clause: Clause, language: str) -> str:
    return "" if clause.documented == "none" else label(f"documented-{clause.documented}", language)


def _state(manual: Manual, standard: Standard, number: str, language: str, *, is_open: bool) -> str:
    exclusion = standard.excluded.get(number)
    if exclusion:
        reason = manual.policy.in_language(exclusion.reason, language)
        return label("clause-excluded", language, reason=reason)
    return label("clause-open" if is_open else "clause-addressed", language)


def _gaps(manual: Manual, standard: Standard, language: str) -> Iterator[tuple[str, ...]]:
    named = clauses.addressed(manual, standard.key)
    before = clauses.addressed(manual, standard.follows or "")
    known = clauses.catalogue(manual, standard)
    for change in standard.changes:
        look = sorted({each.id for number in change.before for each in before.get(number, ())})
        clause = known.get(change.clause)
        yield (
            change.clause,
            manual.policy.in_language(clause.title, language) if clause else "",
            label(_kind(change), language),
            ", ".join(change.before),
            manual.policy.in_language(change.what, language),
            ", ".join(look),
            ", ".join(each.id for each in named.get(change.clause, ()))
            or label("clause-open", language),
        )


def _kind(change: Change) -> str:
    return "clause-changed" if change.before else "clause-new"
