"""The manual as it is in force at an instant, with its texts: what extracts are made from.

Nothing of the work tree is in it. A document is read as it was released; a register, which is no
document, as it stood when the newest of these texts was released.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from qms_docs.edges.git import Repository, Snapshot
from qms_docs.judge import controlled, disclosure, extracts
from qms_docs.judge.lifecycle import Life
from qms_docs.text import records
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import Subject
from qms_docs.words.manual import Manual
from qms_docs.words.model import Cell, Document, Source, TextTable
from qms_docs.work import workspace
from qms_docs.work.history import Then

_QUOTE = re.compile(r"\{\{([^{}\n]*)\}\}")


@dataclass(frozen=True)
class Standing:
    """What readers of a publication have at an instant."""

    then: Then
    repository: Repository

    @cached_property
    def lives(self) -> tuple[Life, ...]:
        """Every released text of the publication, whatever has become of it."""
        return tuple(disclosure.lives(self.then.manual))

    @cached_property
    def in_force(self) -> tuple[Life, ...]:
        """The texts that are in force."""
        return tuple(extracts.in_force(self.lives))

    @cached_property
    def named(self) -> Mapping[Subject, frozenset[str]]:
        """The roles that a text names anywhere, in its fields or in its words."""
        policy, found = self.then.manual.policy, {}
        pattern = re.compile(policy.number_pattern(policy.types["role"]).encode())
        blobs = dict.fromkeys(life.issue.blob for life in self.lives)
        for blob, data in self.repository.read_blobs(blobs, records.LARGEST):
            found[blob] = frozenset(each.decode() for each in pattern.findall(data))
        return {life.issue.subject: found.get(life.issue.blob, frozenset()) for life in self.lives}

    @cached_property
    def policy(self) -> str:
        """Content digest of the policy in force."""
        as_of, issues = self.then.manual.as_of, self.then.ledger.issues["policy"]
        return [x.subject.content for x in issues if as_of and x.landing.instant <= as_of][-1]

    @cached_property
    def registers(self) -> Mapping[str, bytes]:
        """The data files of the manual, by path.

        Without those that are released themselves, and without the parameters: what a text quotes
        is part of its content.
        """
        snapshot, policy = self._newest, self.then.manual.policy
        others = {*controlled.DATA.values(), workspace.PARAMETERS}
        return {
            path: snapshot.read(path)
            for path in sorted(snapshot.modes)
            if path.endswith(".yaml")
            and policy.holds_documents(path)
            and path not in others
            and snapshot.is_file(path)
        }

    @cached_property
    def _newest(self) -> Snapshot:
        landing = max((life.issue.landing for life in self.in_force), key=lambda each: each.number)
        return self.repository.commit(landing.commit)

    @cached_property
    def manual(self) -> Manual:
        """All of it as a manual: documents with their texts, in which values stand as quoted then.

        Raises QmsError if a text can no longer be read.
        """
        then = self.then.manual
        loaded = workspace.load(self._snapshot())
        subjects = {life.issue.released.path: life for life in self.in_force}
        lost = subjects.keys() - {document.path for document in loaded.documents}
        for path in sorted(lost):
            commit = subjects[path].issue.landing.commit
            raise QmsError("not-as-released", path=path, commit=commit[:12])
        quoted = {path: _quoted(life) for path, life in subjects.items()}
        documents = tuple(_with_values(each, quoted[each.path]) for each in loaded.documents)
        return replace(
            loaded,
            documents=documents,
            sources=tuple(document.source for document in documents),
            released=then.released,
            publication=then.publication,
            as_of=then.as_of,
            contents={path: life.issue.subject.content for path, life in subjects.items()},
        )

    def _snapshot(self) -> Snapshot:
        """Return the files of it: the texts in force, policy, registers and what texts include."""
        newest, then = self._newest, self.then.manual
        blobs = {life.issue.released.path: life.issue.blob for life in self.in_force}
        assert then.as_of is not None
        policy = controlled.data_at(
            self.then.ledger.issues, self.repository.read_blob, "policy", then.as_of
        )
        modes = {
            path: mode
            for path, mode in newest.modes.items()
            if not (path.endswith(".md") and then.policy.holds_documents(path))
        }

        def read(path: str) -> bytes:
            if path == workspace.POLICY and policy is not None:
                return policy
            return self.repository.read_blob(blobs[path]) if path in blobs else newest.read(path)

        return Snapshot(newest.origin, {**modes, **dict.fromkeys(blobs, "100644")}, read)


def _quoted(life: Life) -> Mapping[str, str]:
    """Return the values that a text quotes, as they were when it was released."""
    inclusions = life.issue.released.inclusions
    return {each.name: each.where for each in inclusions if each.kind == "parameter"}


def _with_values(document: Document, values: Mapping[str, str]) -> Document:
    """Return a document in whose tables the values stand that it quotes."""
    if not values:
        return document
    content = document.source.content
    tables = tuple(_table(table, values) for table in content.tables)
    source: Source = replace(document.source, content=replace(content, tables=tables))
    return replace(document, source=source)


def _table(table: TextTable, values: Mapping[str, str]) -> TextTable:
    rows = tuple(tuple(_cell(cell, values) for cell in row) for row in table.rows)
    return replace(table, rows=rows)


def _cell(cell: Cell, values: Mapping[str, str]) -> Cell:
    if "{{" not in cell.text:
        return cell
    text = _QUOTE.sub(lambda found: values.get(found[1].strip(), found[0]), cell.text)
    return replace(cell, text=text)
