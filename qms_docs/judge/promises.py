"""The management systems of the manual, with what proves each and which rule watches over it."""

from collections.abc import Iterator

from qms_docs.judge import listing
from qms_docs.text.messages import label
from qms_docs.words.manual import Manual
from qms_docs.words.systems import Evidence
from qms_docs.words.tables import Table

_COLUMNS = (("system", 8), ("title", 48), ("evidence", 24), ("evidence-title", 48), ("rules", 16))


def table(manual: Manual, language: str) -> Table:
    """Return every system with its evidence."""

    def rows() -> Iterator[tuple[str, ...]]:
        for system in manual.systems or ():
            title = manual.policy.in_language(system.title, language)
            for evidence in system.evidence:
                words, rules = _words(manual, evidence, language), ", ".join(evidence.rules)
                yield system.key, title, evidence.name, words, rules

    return listing.table(manual, language, "systems", _COLUMNS, rows())


def _words(manual: Manual, evidence: Evidence, language: str) -> str:
    if evidence.identification not in manual.identifications:
        return label("evidence-missing", language)
    title = listing.titled(manual, evidence.identification, language)
    if not evidence.table:
        return title
    return label("table-in", language, kind=evidence.table, title=title)
