"""What a PDF carries inside: the text it was made of, and its evidence (ISO 19005-3, 6.8)."""

import posixpath
from collections.abc import Callable, Collection, Iterator

from qms_docs.judge import lifecycle
from qms_docs.show import proof
from qms_docs.text import facts, records
from qms_docs.text.closure import Closure
from qms_docs.text.messages import label
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.policy import RECORDS, SOURCE
from qms_docs.words.printing import Attached

_JSON = "application/json"


def all_of(
    document: Document,
    manual: Manual,
    read: Callable[[str], bytes],
    found: Closure | None,
    kinds: Collection[str],
) -> Iterator[Attached]:
    """Yield what goes into a PDF: always its facts, which tell a machine what it shows.

    `kinds` says what else: `source`, and `records`, which a draft does not have.
    """
    language = document.language
    if SOURCE in kinds:
        name, description = posixpath.basename(document.path), label("attached-source", language)
        yield Attached(name, document.source.data, "text/markdown", "Source", description)
    told = facts.write(proof.known(document, manual, found.digest if found else ""))
    yield Attached(facts.NAME, told, _JSON, "Data", label("attached-facts", language))
    issue = lifecycle.issue_of(document, manual)
    if RECORDS in kinds and issue:
        release = read(records.release_path(issue.subject))
        yield Attached("release.json", release, _JSON, "Data", label("attached-release", language))
        for digest, grade in sorted({(each.record, each.grade) for each in issue.approvals}):
            data, description = read(records.evidence_path(digest, grade)), "attached-statement"
            yield Attached(f"{digest}.json", data, _JSON, "Data", label(description, language))
