"""Which documents address which clauses, and what a next edition would change."""

from collections import defaultdict
from collections.abc import Mapping

from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.standards import Clause, Standard

Addressed = Mapping[str, tuple[Document, ...]]
"""Number of a clause → masters whose front matter names it, by identification."""


def addressed(manual: Manual, standard: str) -> Addressed:
    """Return the documents that address each clause of a standard: exactly those they name."""
    found: dict[str, list[Document]] = defaultdict(list)
    for document in manual.documents:
        if document.is_master:
            for number in document.control.clauses.get(standard, ()):
                found[number].append(document)
    return {number: tuple(documents) for number, documents in found.items()}


def catalogue(manual: Manual, standard: Standard) -> Mapping[str, Clause]:
    """Return all clauses of an edition, also those that it keeps from the ones before."""
    editions, each = [standard], standard
    while (before := (manual.standards or {}).get(each.follows or "")) and before not in editions:
        editions.append(before)
        each = before
    return {
        number: clause for each in reversed(editions) for number, clause in each.clauses.items()
    }


def open_clauses(manual: Manual, standard: Standard) -> tuple[Clause, ...]:
    """Return the clauses of an edition that no document addresses and that are not excluded.

    Of a next edition these are the changed and the new ones that no document names under it yet.
    """
    there = addressed(manual, standard.key)
    if standard.follows:
        numbers = (change.clause for change in standard.changes)
        asked = tuple(standard.clauses[each] for each in numbers if each in standard.clauses)
    else:
        asked = standard.leaves
    return tuple(
        clause
        for clause in asked
        if clause.number not in there and clause.number not in standard.excluded
    )
