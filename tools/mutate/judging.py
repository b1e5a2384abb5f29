"""Ask the check about a slip, and say where it was found."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from qms_docs import check
from qms_docs.edges.git import Snapshot
from qms_docs.words.findings import Finding
from qms_docs.work import workspace
from qms_docs.work.reading import Sources
from tools.mutate.slips import Slip, slips

HERE, ELSEWHERE, NOWHERE = "at its line", "elsewhere", "not found"


@dataclass(frozen=True)
class Outcome:
    """What the check said of a slip."""

    slip: Slip
    where: str
    codes: tuple[str, ...]
    reason: str = ""
    """Why nothing had to be found, or empty."""


class Judge:
    """Checks a manual again and again, each time with one file changed."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._sources = Sources()
        self.files = {
            path: snapshot.read(path) for path in snapshot.modes if snapshot.is_file(path)
        }
        self._known = frozenset(map(_key, self._findings(self.files)))

    def outcomes(self, count: int, seed: int) -> Iterator[Outcome]:
        """Yield what is said of so many slips."""
        for slip in islice(slips(self._documents(), seed), count):
            yield self.judged(slip)

    def judged(self, slip: Slip) -> Outcome:
        """Return what the check says of one slip."""
        found = self._findings({**self.files, slip.path: slip.data})
        new = [each for each in found if _key(each) not in self._known]
        codes = tuple(sorted({each.code for each in new}))
        if any(_is_at(slip, each) for each in new):
            return Outcome(slip, HERE, codes)
        if new:
            return Outcome(slip, ELSEWHERE, codes)
        return Outcome(slip, NOWHERE, (), _reason(slip))

    def _documents(self) -> dict[str, bytes]:
        manual = workspace.load(self._of(self.files), self._sources)
        return {document.path: self.files[document.path] for document in manual.documents}

    def _findings(self, files: dict[str, bytes]) -> tuple[Finding, ...]:
        return check.run(workspace.load(self._of(files), self._sources)).findings

    def _of(self, files: dict[str, bytes]) -> Snapshot:
        return replace(self._snapshot, read=files.__getitem__)


def _key(finding: Finding) -> tuple[str, str, str, str]:
    """Return what tells a finding from another, wherever lines have moved to."""
    said = " ".join(f"{name}={text}" for name, text in finding.values.items() if name != "line")
    return finding.code, finding.place.path, finding.case, said


def _is_at(slip: Slip, finding: Finding) -> bool:
    """Tell whether a finding leads to the slip: to its line, or by the line of the master."""
    lines = range(slip.line - 1, slip.line + 2) if not slip.after else (slip.line,)
    if finding.place.path == slip.path:
        return finding.place.line in lines
    near = range(slip.line - 2, slip.line + 3) if not slip.after else (slip.line,)
    stem = slip.path.removesuffix(".md")
    master = finding.values.get("line", "")
    return finding.place.path.startswith(f"{stem}.") and master.isdecimal() and int(master) in near


def _reason(slip: Slip) -> str:
    """Return why a slip that nobody finds does no harm; empty if it does.

    A clause may go from a document as long as another one addresses it: the check would say
    otherwise. What nobody can know without reading is no slip of these kinds.
    """
    gone = slip.kind == "clause" and len(slip.after) < len(slip.before)
    return "another document addresses the clause" if gone else ""
