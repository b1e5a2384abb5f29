"""The Markdown profile: what a controlled text may use, read into facts or turned into HTML.

CommonMark 0.31 with GitHub's tables, strikethrough, task lists and bare web addresses, footnotes,
definition lists, `note`, `warning` and `adopter` containers and attributes; parameters, and fences
with diagrams. Raw HTML is text, not markup. docs/markdown.md is the profile as editors read it.
"""

from qms_docs.text.markdown.html import Drawn, to_html
from qms_docs.text.markdown.identifications import IDENTIFICATION
from qms_docs.text.markdown.profile import PARSER, WIDE_FROM, slug
from qms_docs.text.markdown.reading import included, read

__all__ = [
    "IDENTIFICATION",
    "PARSER",
    "WIDE_FROM",
    "Drawn",
    "included",
    "read",
    "slug",
    "to_html",
]
