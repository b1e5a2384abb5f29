"""Paths of a repository: what Git says lies there, and how they are spelt."""

import re
import unicodedata

SYMLINK, SUBMODULE = "120000", "160000"
_NOT_TEXT = re.compile("[\ud800-\udfff]")


def same_for_some(path: str) -> str:
    """Return what two paths share that some computers cannot tell apart.

    Letters count in any case, and a character counts in one part or several.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).lower())


def is_text(path: str) -> bool:
    """Tell whether the bytes of a path were UTF-8."""
    return path.isascii() or not _NOT_TEXT.search(path)


def is_file(mode: str) -> bool:
    """Tell whether a Git mode is that of a file, not of a link, a submodule or nothing."""
    return mode.startswith("100")
