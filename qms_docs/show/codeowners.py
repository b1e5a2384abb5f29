"""The file CODEOWNERS, by which a forge asks the right people to review."""

import difflib
from collections.abc import Iterable, Mapping

from qms_docs.judge.owners import Owned

_HEAD = """\
# Made by `qms forge codeowners` from the released authority and policy. Do not edit it.
# It asks the right people. It is no evidence, and whoever is named here has no right by that.
"""


def as_text(owned: Iterable[Owned], names: Mapping[str, tuple[str, ...]], keepers: str) -> str:
    """Return the file; `names` are those of the holders of each role, with `@`.

    Where nobody has an account, `keepers` are asked; a role without one is named in a remark.
    """
    lines = [_HEAD]
    for each in owned:
        silent = [role for role in each.roles if not names.get(role)]
        asked = sorted({name for role in each.roles for name in names.get(role, ())})
        if silent:
            lines.append(f"# Nobody with an account holds: {', '.join(silent)}\n")
        lines.append(f"{each.pattern} {' '.join(asked) or keepers}\n")
    return "".join(lines)


def difference(old: str, new: str, path: str) -> str:
    """Return the lines in which two such files differ."""
    lines = difflib.unified_diff(
        old.splitlines(), new.splitlines(), path, "qms forge codeowners", n=0, lineterm=""
    )
    return "\n".join(lines)
