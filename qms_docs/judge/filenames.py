"""Paths that not every computer can hold, or not apart from each other."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from qms_docs.text import lookalikes
from qms_docs.text.characters import code_points
from qms_docs.words.paths import is_text, same_for_some

# As Windows reserves them, whatever stands behind the first dot.
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)")
_FORBIDDEN = re.compile(r'[<>:"|?*\\\0-\x1f\x7f-\x9f]')
_SUFFIXES = {".markdown": ".md", ".mdown": ".md", ".mkd": ".md", ".yml": ".yaml"}
MAX_PATH = 200
"""Characters from the root on: Windows allows 260, with the folder that holds the repository."""
_MAX_NAME = 255
"""Bytes of UTF-8 that one name may have on most systems."""


def unfit(path: str) -> tuple[str, Mapping[str, str]] | None:
    """Return the case of a finding and its values if some computer cannot hold a path."""
    if not is_text(path):
        return "encoding", {}
    if len(path) > MAX_PATH:
        return "long", {"limit": str(MAX_PATH)}
    for name in path.split("/"):
        if found := _unfit_name(name):
            return found
    return _unfit_suffix(path.rsplit("/", 1)[-1])


def _unfit_name(name: str) -> tuple[str, Mapping[str, str]] | None:
    if forbidden := _FORBIDDEN.search(name):
        shown = forbidden[0] if forbidden[0].isprintable() else code_points(forbidden[0])
        return "character", {"name": name, "character": shown}
    if _RESERVED.match(name):
        return "reserved", {"name": name}
    if name != name.rstrip(". "):
        return "ending", {"name": name}
    if len(name.encode("utf-8")) > _MAX_NAME:
        return "long", {"limit": str(MAX_PATH)}
    if not unicodedata.is_normalized("NFC", name):
        return "composed", {"name": unicodedata.normalize("NFC", name)}
    stem = name.split(".")[0]
    if lookalikes.is_one(stem) and not stem.isascii():
        return "lookalike", {"name": name, **lookalikes.values(stem)}
    return None


def _unfit_suffix(name: str) -> tuple[str, Mapping[str, str]] | None:
    stem, dot, end = name.rpartition(".")
    suffix = (dot + end).lower()
    right = _SUFFIXES.get(suffix, suffix)
    if right in (".md", ".yaml") and dot + end != right:
        return "suffix", {"name": name, "right": stem + right}
    return None


def collisions(paths: Iterable[str], folders: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield a path, the part of it that collides, and what that part collides with.

    `folders` are spelt as they should be. A folder that collides is named once.
    """
    spelt: dict[str, str] = {}
    reported: set[str] = set()
    for path in (*sorted(folders), *sorted(paths)):
        for part in _parts(path):
            other = spelt.setdefault(same_for_some(part), part)
            if other != part:
                if part not in reported:
                    reported.add(part)
                    yield path, part, other
                break


def _parts(path: str) -> Iterator[str]:
    """Yield the folders above a path, from the top, and the path itself."""
    for match in re.finditer("/|$", path):
        yield path[: match.start()]
