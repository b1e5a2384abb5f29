"""The next free identification of a type; a number once used is never given again."""

import re
from collections.abc import Iterable

from qms_docs.words.errors import QmsError
from qms_docs.words.policy import DocumentType, Policy

_LAST = 99


def next_free(
    policy: Policy, kind: DocumentType, used: Iterable[str], parent: str | None = None
) -> str:
    """Return the identification after the highest that was ever used for the type.

    `used` holds identifications and file names, of the present and the past. A type that is
    numbered under another needs `parent`. Raises QmsError if the parent or its type is missing or
    does not fit, or if no number is left.
    """
    stem = f"{policy.prefix}-{kind.code}-{_parent_number(policy, kind, parent)}"
    pattern = re.compile(rf"(?:^|/){re.escape(stem)}(\d{{2}})(?![\d-])")
    numbers = [int(match[1]) for name in used if (match := pattern.search(name))]
    number = max(numbers, default=0) + 1
    if number > _LAST:
        raise QmsError("no-free-number", type=kind.key)
    return f"{stem}{number:02d}"


def _parent_number(policy: Policy, kind: DocumentType, parent: str | None) -> str:
    if kind.numbered_under is None:
        return ""
    above = policy.types.get(kind.numbered_under)
    if above is None:
        raise QmsError("no-type", type=kind.numbered_under, known=", ".join(policy.types))
    if parent is None or not policy.identifies(above, parent):
        example = f"{policy.prefix}-{above.code}-01"
        raise QmsError("needs-parent", type=kind.key, parent=above.key, example=example)
    return parent.removeprefix(f"{policy.prefix}-{above.code}-") + "-"
