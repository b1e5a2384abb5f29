"""What a pull request changes in a document, compared with what was last released of it."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field

from qms_docs.edges.git import Repository, Snapshot
from qms_docs.judge.candidate import Standing
from qms_docs.judge.controlled import DATA
from qms_docs.show import briefs, comparison
from qms_docs.show.briefs import Alteration
from qms_docs.show.comparison import Side
from qms_docs.text.messages import label
from qms_docs.text.redline.passages import DELETED, INSERTED, Passage, Run, passages
from qms_docs.words.issues import Issue
from qms_docs.words.manual import Manual
from qms_docs.work import comparing, workspace
from qms_docs.work.workspace import State


@dataclass(frozen=True)
class Altering:
    """A pull request beside what is released.

    That, and not where its branch began, is what people have worked by until now: main may hold
    drafts that nobody has approved.
    """

    repository: Repository
    standing: Standing
    state: State
    after: Snapshot
    manual: Manual
    number: int
    language: str
    _known: dict[str, tuple[Snapshot, Manual]] = field(default_factory=dict)

    def last(self, name: str, language: str = "") -> Issue | None:
        """Return what was last released of a document in a language (default: of the master)."""
        if name in DATA:
            return next(reversed(self.standing.issues.get(name, [])), None)
        return self.standing.last(name, language or self.standing.master)

    def of(self, name: str) -> Iterator[Alteration]:
        """Yield what changes in each language in which something does."""
        if name in DATA:
            yield Alteration("", tuple(self._lines(name)))
            return
        for document in self.manual.languages_of(name):
            tag = document.language
            title = label("brief-side-new", self.language, number=self.number)
            new = comparing.side(title, self.manual, self.after, name, tag)
            old = self._before(name, tag) or Side("–", self.manual, new.material, None)
            found = comparison.compare(old, new, self.language)
            changed = tuple(passages(found.marked)) if old.document else ()
            alteration = Alteration(tag, changed, found)
            if any(found.changes) or briefs.facts(alteration):
                yield alteration

    def _before(self, name: str, language: str) -> Side | None:
        """Return a text as it was last released, from the commit that it was released with."""
        last = self.last(name, language)
        if last is None:
            return None
        commit = last.landing.commit
        if commit not in self._known:
            snapshot = self.repository.commit(commit)
            self._known[commit] = snapshot, workspace.load(snapshot, state=self.state)
        snapshot, manual = self._known[commit]
        title = label("brief-side", self.language, revision=last.subject.revision)
        return comparing.side(title, manual, snapshot, name, language)

    def _lines(self, name: str) -> Iterator[Passage]:
        """Yield the changed lines of data, which is no page."""
        last, path = self.last(name), DATA[name]
        old = self.repository.read_blob(last.blob) if last else b""
        new = self.after.read(path) if path in self.after.modes else b""
        before, after = (data.decode("utf-8", "replace").splitlines() for data in (old, new))
        for line in difflib.unified_diff(before, after, lineterm="", n=0):
            if line[1:].strip() and line.startswith(("+", "-")) and line[:3] not in ("+++", "---"):
                mark = INSERTED if line.startswith("+") else DELETED
                yield Passage("", (Run(mark, line[1:]),))
