"""Whom and what a cell of a table names: role sheets, parties, documents, forms."""

import re
from collections.abc import Iterator

from qms_docs.text import links, markdown
from qms_docs.words.manual import Manual
from qms_docs.words.model import Cell, Source
from qms_docs.words.policy import Policy
from qms_docs.words.rows import language_of

_BETWEEN = re.compile(r"[;,\uff1b\uff0c\u3001]")
"""What stands between the names of a cell."""


def linked(manual: Manual, source: Source, cell: Cell) -> tuple[str, ...]:
    """Return the identifications of the documents that a cell links, each once.

    A file that is not there counts by its name: that it is missing, QMS502 says.
    """
    return tuple(dict.fromkeys(_linked(manual, source, cell)))


def roles(manual: Manual, source: Source, cell: Cell) -> tuple[str, ...]:
    """Return the roles whose sheets a cell links."""
    return tuple(name for name in linked(manual, source, cell) if _is_role(manual, name))


def items(cell: Cell) -> frozenset[str]:
    """Return what a cell lists, word by word: `Owner`, `Drafter` of `Owner, Drafter`."""
    return frozenset(map(str.strip, _BETWEEN.split(cell.text)))


def is_somebody(manual: Manual, source: Source, cell: Cell) -> bool:
    """Tell whether a cell names a role, or parties and nothing else."""
    if roles(manual, source, cell):
        return True
    return items(cell) <= manual.policy.party_names(language_of(source, manual.policy))


def identifications(cell: Cell) -> tuple[str, ...]:
    """Return the identifications that stand in a cell, each once."""
    return tuple(dict.fromkeys(markdown.IDENTIFICATION.findall(cell.text)))


def forms(policy: Policy, cell: Cell) -> tuple[str, ...]:
    """Return the identifications of the forms that stand in a cell, each once."""
    return tuple(name for name in identifications(cell) if _code(name) in policy.form_codes)


def ruling(manual: Manual, source: Source, cell: Cell) -> tuple[str, ...]:
    """Return the documents that a cell links and that can hold a rule: forms do not."""
    codes = manual.policy.form_codes
    return tuple(name for name in linked(manual, source, cell) if _code(name) not in codes)


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell says nothing: it is empty, or a dash stands in it."""
    return cell.text.strip("-\u2013\u2014 ") == ""


def _linked(manual: Manual, source: Source, cell: Cell) -> Iterator[str]:
    for target in cell.links:
        path = links.resolve(source.path, target)
        there = manual.by_path.get(path or "")
        name = there.identification if there else _named_after(path or "")
        if name:
            yield name


def _named_after(path: str) -> str | None:
    """Return the identification that the name of a file begins with."""
    name = path.rsplit("/", 1)[-1].split(".")[0]
    return name if markdown.IDENTIFICATION.fullmatch(name) else None


def _is_role(manual: Manual, name: str) -> bool:
    sheet = manual.policy.types.get("role")
    return name in manual.roles or (sheet is not None and manual.policy.identifies(sheet, name))


def _code(identification: str) -> str:
    return identification.split("-")[1]
