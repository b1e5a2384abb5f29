"""Documents for tests of what a change touches: a text under a small front matter."""

from qms_docs.text import documents
from qms_docs.words.findings import Finding
from qms_docs.words.model import Document

PATH = "procedures/CSC-QP-01.md"
FRONT = """\
---
id: CSC-QP-01
type: procedure
title: {title}
language: {language}
revision: {revision}
owner: CSC-RS-02
reviewers: [CSC-RS-02]
approvers: [CSC-RS-01]
effective: on-release
review_months: 12
change: {{class: editorial, reason: Mistakes, summary: Corrects them}}
classification: internal
{more}---
"""
LINE = FRONT.count("\n")
"""Lines before the body, where nothing more stands in the front matter."""


def document(
    body: str,
    title: str = "Complaint handling",
    language: str = "en",
    revision: int = 1,
    more: str = "",
    path: str = PATH,
    front: str = FRONT,
) -> Document:
    """Return a document as it is read from a file."""
    filled = front.format(title=title, language=language, revision=revision, more=more)
    findings: list[Finding] = []
    source = documents.read_source(path, f"{filled}{body}".encode(), findings)
    (found,) = documents.documents_of([source], findings)
    return found
