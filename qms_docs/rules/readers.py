"""5xx: readers get what a text sends them to (ISO 9001:2015, 7.5.3.1 a and b)."""

from collections.abc import Iterator

from qms_docs.rules.registry import rule
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document


@rule("QMS511", "withheld-document", basis="ISO 9001:2015 7.5.3.1 a")
def withheld_document(manual: Manual) -> Iterator[Finding]:
    """A link leads to a document that readers of the text do not get.

    Why:
        The classification decides which publication contains a document. Readers who cannot open
        what a rule sends them to cannot follow it; if they should read it, it is misclassified.
    Bad:
        A public text with a link to an internal one, while customers get only public texts.
    Good:
        The identification of the internal text, without a link.
    """
    by_path = {document.path: document for document in manual.documents}
    for document in manual.documents:
        for link in document.source.content.links:
            target = by_path.get(link.path or "")
            if target is None:
                continue
            for publication in _lacking(manual, document, target):
                values = {
                    "target": target.id,
                    "publication": publication,
                    "classification": target.control.classification,
                }
                yield Finding("QMS511", link.place, values=values)


def _lacking(manual: Manual, document: Document, target: Document) -> Iterator[str]:
    """Yield the publications that contain a document and not what it leads to."""
    for name, contained in manual.policy.publications.items():
        there = document.control.classification in contained
        if there and target.control.classification not in contained:
            yield name


RULES = (withheld_document,)
