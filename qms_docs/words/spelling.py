"""How paths are spelt: when they are no text, and when two are one on some computers."""

import re
import unicodedata

_NOT_TEXT = re.compile("[\ud800-\udfff]")


def same_for_some(path: str) -> str:
    """Return what two paths share that some computers cannot tell apart.

    Letters count in any case, and a character counts in one part or several.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).lower())


def is_text(path: str) -> bool:
    """Tell whether the bytes of a path were UTF-8."""
    return path.isascii() or not _NOT_TEXT.search(path)
