"""7xx: what the manual promises as a whole stands on evidence (ISO 9001:2015, 4.4.1)."""

from collections.abc import Iterator

from qms_docs.rules.registry import rule
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual
from qms_docs.words.rows import Kind
from qms_docs.words.systems import Evidence


@rule("QMS709", "system-without-evidence", basis="ISO 9001:2015 4.4.1", requires=("QMS104",))
def without_evidence(manual: Manual) -> Iterator[Finding]:
    """What proves one of the systems in manual/systems.yaml does not exist.

    Why:
        "We have a satisfaction survey system" is a promise; the survey plan, the procedure and the
        objective are what keeps it. Each system names its evidence and the rules that watch over
        it, so that none of them can get lost one document at a time.
    Bad:
        S09: {title: …, evidence: {CSC-QP-99: [QMS605]}}
    Good:
        S09: {title: …, evidence: {CSC-QP-16: [QMS605]}}
    """
    for system in manual.systems or ():
        for evidence in system.evidence:
            values = {"system": system.key, "id": evidence.identification, "kind": evidence.table}
            if evidence.identification not in manual.identifications:
                yield Finding("QMS709", evidence.place, "missing", values)
            elif evidence.table and not _has_table(manual, evidence):
                yield Finding("QMS709", evidence.place, "table", values)


def _has_table(manual: Manual, evidence: Evidence) -> bool:
    """Tell whether a document has a row of the kind of table, in each of its languages."""
    texts = [each for each in manual.sources if each.identification == evidence.identification]
    known = evidence.table in manual.policy.tables
    return bool(known and texts) and all(manual.rows(text, Kind(evidence.table)) for text in texts)


RULES = (without_evidence,)
