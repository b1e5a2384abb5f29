"""Is a change more than editorial? Any change of the text counts as substance until told apart."""

from qms_docs.words.model import Document


def touched(before: Document, after: Document) -> bool:
    """Tell whether a change touches substance."""
    return before.source.body != after.source.body
