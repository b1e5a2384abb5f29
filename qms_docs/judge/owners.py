"""Whose word the files of a manual need: the roles that a forge should ask, pattern by pattern.

That is a convenience for reviewers. Whose word counts, `judge/approvals.py` says, text by text.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from qms_docs.judge import requirements
from qms_docs.judge.controlled import DATA, Rules
from qms_docs.words.authority import Authority
from qms_docs.words.issues import Issue

_KEPT = ("/records/", "/.github/")
"""What those keep who must agree to a new authority."""


@dataclass(frozen=True)
class Owned:
    """Files below a folder, or one file, and the roles whose word they need."""

    pattern: str
    roles: tuple[str, ...]


def owned(rules: Rules, issues: Iterable[Issue]) -> tuple[Owned, ...]:
    """Return what each folder of a type needs, and each released text that needs something else.

    A pattern stands after those that it takes the place of: folders before what is in them.
    """
    found = {each.pattern: each for each in (*_folders(rules), *_data(rules))}
    folders = dict(found)
    for issue in issues:
        if issue.document is not None:
            pattern = f"/{issue.released.path}"
            control = issue.document.control
            roles = _roles(rules.authority, control.type, control)
            if roles != _around(folders, pattern):
                found[pattern] = Owned(pattern, roles)
    kept = (Owned(pattern, keepers(rules.authority)) for pattern in _KEPT)
    return (*(found[pattern] for pattern in sorted(found)), *kept)


def keepers(authority: Authority) -> tuple[str, ...]:
    """Return the roles that must agree to a new authority."""
    return _of_data(authority, "authority")


def holders(authority: Authority, role: str, now: datetime, forge: str) -> tuple[int, ...]:
    """Return the accounts on a forge of those who hold a role."""
    return tuple(
        account
        for person in authority.people.values()
        if person.holds(role, now)
        for account in person.on(forge)
    )


def _folders(rules: Rules) -> Iterator[Owned]:
    for kind in rules.policy.types.values():
        roles = _roles(rules.authority, kind.key, kind.responsible)
        yield Owned(f"/{kind.folder}/", roles)


def _data(rules: Rules) -> Iterator[Owned]:
    for name, path in DATA.items():
        roles = _of_data(rules.authority, name)
        yield Owned(f"/{path}", roles or keepers(rules.authority))


def _roles(authority: Authority, type_: str, states: requirements.States) -> tuple[str, ...]:
    """Return the roles that review or approve a type, in whatever class of change."""
    wanted = (
        requirements.stated((*each.reviewed, *each.approved), states)
        for each in authority.demands
        if type_ in each.types
    )
    return tuple(sorted({role for roles in wanted for role in roles}))


def _of_data(authority: Authority, name: str) -> tuple[str, ...]:
    needed = requirements.of_data(authority, name)
    return tuple(sorted({*needed.reviewed, *needed.approved})) if needed else ()


def _around(folders: Mapping[str, Owned], pattern: str) -> tuple[str, ...] | None:
    """Return the roles of the innermost folder around a file; None if there is none."""
    inner = [each for each in folders if each.endswith("/") and pattern.startswith(each)]
    return folders[max(inner, key=len)].roles if inner else None
