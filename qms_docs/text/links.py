"""Where an address written in a document leads."""

import posixpath
import re
from functools import lru_cache

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ALLOWED_SCHEMES = ("http:", "https:", "mailto:", "tel:")


def is_web(target: str) -> bool:
    """Tell whether an address is one that a text may link outside the repository."""
    scheme = _SCHEME.match(target)
    return scheme is not None and scheme[0].lower() in _ALLOWED_SCHEMES


def resolve(from_path: str, target: str) -> str | None:
    """Return the path in the repository that a relative address leads to, without its anchor.

    The path of the document itself for a bare `#anchor`; None for a web address and for anything
    that leads out of the repository.
    """
    path = target.partition("#")[0]
    return _resolved(from_path.rpartition("/")[0], path) if path else from_path


@lru_cache(maxsize=65536)
def _resolved(folder: str, path: str) -> str | None:
    """Do it for a folder: documents in one folder lead to the same files again and again."""
    if _SCHEME.match(path) or path.startswith("/") or "\\" in path or "\0" in path:
        return None
    resolved = posixpath.normpath(posixpath.join(folder, path))
    return None if resolved == ".." or resolved.startswith("../") else resolved


def anchor(target: str) -> str | None:
    """Return what stands behind the `#` of an address, None if there is no `#`."""
    _, mark, name = target.partition("#")
    return name if mark else None
