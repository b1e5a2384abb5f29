"""Whom and what a cell of a table names: role sheets, parties, documents, forms."""

import re
from collections.abc import Iterator

from qms_docs.text import links, markdown
from qms_docs.text.rows import language_of
from qms_docs.words.manual import Manual
from qms_docs.words.model import Cell, Source
from qms_docs.words.policy import Policy

_BETWEEN = re.compile(r"[;,\uff1b\uff0c\u3001]")
"""What stands between the names of a cell."""


def linked(manual: Manual, source: Source, cell: Cell) -> tuple[str, ...]:
    """Return the identifications of the documents that a cell links, each once.

    A file that is not there counts by its name: that it is missing, QMS502 says.
    """
    return tuple(dict.fromkeys(_linked(manual, source, cell)))


def roles(manual: Manual, source: Source, cell: Cell) -> tuple[str, ...]:
    """Return the roles whose sheets a cell links."""
    sheet = manual.policy.types.get("role")
    found = linked(manual, source, cell)
    return tuple(name for name in found if sheet and manual.policy.identifies(sheet, name))


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
    codes = _form_codes(policy)
    return tuple(name for name in identifications(cell) if _code(name) in codes)


def ruling(manual: Manual, source: Source, cell: Cell) -> tuple[str, ...]:
    """Return the documents that a cell links and that can hold a rule: forms do not."""
    codes = _form_codes(manual.policy)
    return tuple(name for name in linked(manual, source, cell) if _code(name) not in codes)


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell says nothing: it is empty, or a dash stands in it."""
    return cell.text.strip("-\u2013\u2014 ") == ""


def _linked(manual: Manual, source: Source, cell: Cell) -> Iterator[str]:
    for target in cell.links:
        path = links.resolve(source.path, target)
        there = manual.by_path.get(path or "")
        name = there.identification if there else (path or "").rsplit("/", 1)[-1].split(".")[0]
        if name and markdown.IDENTIFICATION.fullmatch(name):
            yield name


def _code(identification: str) -> str:
    return identification.split("-")[1]


def _form_codes(policy: Policy) -> frozenset[str]:
    register = (each.code for each in policy.registers if each.key == "form")
    kind = policy.types.get("form")
    return frozenset((*register, *((kind.code,) if kind else ())))
