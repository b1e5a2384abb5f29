"""The systems of this manual are real: take away what proves one, and its rule speaks.

A system counts only if its evidence cannot get lost unseen. Each piece that manual/systems.yaml
names is taken out of the manual, in memory, and the rules named beside it must find that.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

import pytest

from qms_docs import check
from qms_docs.edges.git import Repository, Snapshot
from qms_docs.rules import RULES
from qms_docs.text import documents
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual
from qms_docs.words.model import Source
from qms_docs.words.rows import Kind
from qms_docs.words.systems import Evidence, System
from qms_docs.work import workspace
from tests.outer import PROJECT

Files = Mapping[str, bytes]


@cache
def own() -> Files:
    """Return the files of this repository's manual."""
    tree = Repository.open(PROJECT).work_tree()
    ours = (path for path in tree.modes if path.startswith(("manual/", "procedures/")))
    return {path: tree.read(path) for path in ours if tree.is_file(path)}


@cache
def read_once(path: str, data: bytes) -> tuple[Source, tuple[Finding, ...]]:
    found: list[Finding] = []
    return documents.read_source(path, data, found), tuple(found)


def read_source(path: str, data: bytes, findings: list[Finding]) -> Source:
    source, found = read_once(path, data)
    findings += found
    return source


def load(files: Files) -> Manual:
    snapshot = Snapshot("work tree", dict.fromkeys(files, "100644"), files.__getitem__)
    return workspace.load(snapshot, read_source)


@cache
def whole() -> Manual:
    return load(own())


def speaking(manual: Manual, codes: Iterable[str]) -> set[str]:
    """Return which of some rules find something."""
    rules = [rule for rule in RULES if rule.code in codes]
    return {finding.code for finding in check.run(manual, rules).findings}


def without(evidence: Evidence) -> Files:
    """Return the manual without a document, an entry of a register or the tables of a kind."""
    name, left = evidence.identification, {}
    for path, data in own().items():
        is_it = path.rsplit("/", 1)[-1].split(".")[0] == name
        if is_it and evidence.table:
            left[path] = without_tables(path, data, Kind(evidence.table))
        elif not is_it:
            left[path] = re.sub(rb"(?m)^  - id: %b\n(    .*\n)+" % name.encode(), b"", data)
    return left


def without_tables(path: str, data: bytes, kind: Kind) -> bytes:
    source, manual = read_source(path, data, []), whole()
    lines = data.decode().splitlines(keepends=True)
    headings = manual.policy.headings(kind, str(source.metadata["language"])).keys()
    for table in source.content.tables:
        if headings <= {cell.text for cell in table.heading}:
            last = table.row_place(len(table.rows)).line
            lines[table.place.line - 1 : last - 1] = [""] * (last - table.place.line)
    return "".join(lines).encode()


SYSTEMS = whole().systems or ()


def test_all_systems_of_the_source_are_there() -> None:
    assert [system.key for system in SYSTEMS] == [f"S{number:02}" for number in range(1, 18)]


def test_every_rule_that_guards_a_system_exists() -> None:
    named = {code for system in SYSTEMS for each in system.evidence for code in each.rules}
    assert named <= {rule.code for rule in RULES}


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.key)
def test_what_proves_a_system_cannot_get_lost_unseen(system: System) -> None:
    for evidence in system.evidence:
        assert speaking(whole(), evidence.rules) == set(), evidence.name
        assert speaking(load(without(evidence)), evidence.rules) == set(evidence.rules), (
            evidence.name
        )
