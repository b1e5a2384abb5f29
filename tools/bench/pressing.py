"""What a publication costs, and the least that printing the same sheets costs.

    python -m tools.bench.pressing FILE

presses the sheets of a pickled list in one process: what is new in a publication, alone.
"""

import pickle
import resource
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qms_docs.edges import stamps
from qms_docs.edges.git import Repository
from qms_docs.edges.shelf import Edition, Shelf
from qms_docs.edges.workers import WorkerPool
from qms_docs.words.printing import Sheet
from qms_docs.work import history as walks
from qms_docs.work import publish
from qms_docs.work.sheets import sheets
from qms_docs.work.standing import Standing
from tools.bench.harness import Comparison, Measurement, Sample, Side, command, compare

FEWEST_JUDGED = 100
"""Documents from which on there are targets: in a small manual the start is most of it."""
WARM = 20
"""Documents after which the memory of a worker must not grow."""
FLAT = 1.1
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Presses:
    """A generated manual, and folders for shelves beside it."""

    manual: Path
    folder: Path
    documents: int
    pairs: int

    def workers(self, when: str) -> Comparison:
        """Measure two workers beside one, in wall time."""
        two, one = self.cold(when, 2), self.cold(when, 1)
        return self._compare("two workers", two, one, 1 / 1.6, on_wall=True)

    def measure(self, instants: list[str], printed: int) -> Iterator[Comparison | Measurement]:
        """Measure publications of the last two instants; for the memory, so many documents."""
        *_, before, last = instants
        unchanged = self._publish("unchanged", last, 1, self.folder / "unchanged")
        unchanged.measure()
        yield self._compare("unchanged", unchanged, self.cold(last, 1), 0.02)
        yield self._one_changed(before, last)
        yield _memory(self._sheets(last, None), printed, f"publish, {self.documents} documents")

    def _one_changed(self, before: str, last: str) -> Comparison:
        changed, old = self.changed(before, last), self.folder / "old"
        same = self._publish("unchanged", before, 1, old)
        alone = self._alone(self._sheets(last, Shelf(old).current()))
        return self._compare("one changed", changed, _sum(same, alone), 1.3)

    def changed(self, before: str, last: str) -> Side:
        """Return a publication after one release more."""
        old, new = self.folder / "old", self.folder / "new"
        self._publish("before", before, 1, old).measure()
        changed = self._publish("one release more", last, 1, new)
        return _after(changed, lambda: _copy(old, new))

    def alone(self, when: str) -> Side:
        """Return the printing of one document, and nothing else."""
        return self._alone(self._sheets(when, None)[:1])

    def _alone(self, wanted: list[Sheet]) -> Side:
        jobs = self.folder / f"sheets-{len(wanted)}.pickle"
        jobs.write_bytes(pickle.dumps(wanted))
        words = (sys.executable, "-m", "tools.bench.pressing", str(jobs))
        return command("its sheets alone", words, _ROOT)

    def _sheets(self, when: str, before: Edition | None) -> list[Sheet]:
        repository = Repository.open(self.manual)
        then = walks.then(repository, datetime.fromisoformat(when))
        steps = publish.planned(Standing(then, repository), before)
        return list(sheets(repository, then.manual, steps, before, []))

    def cold(self, when: str, workers: int) -> Side:
        """Return a publication of everything on an empty shelf."""
        shelf = self.folder / "cold"
        side = self._publish(f"cold, workers: {workers}", when, workers, shelf)
        return _after(side, lambda: shutil.rmtree(shelf, ignore_errors=True))

    def _publish(self, label: str, when: str, workers: int, shelf: Path) -> Side:
        start = "from qms_docs.__main__ import run; run()"
        options = ("--root", str(self.manual), "--output", str(shelf), "--as-of", when)
        words = (sys.executable, "-c", start, "publish", *options, "--workers", str(workers))
        return command(f"qms publish, {label}", words, _ROOT)

    def _compare(
        self, name: str, a: Side, b: Side, target: float, *, on_wall: bool = False
    ) -> Comparison:
        name = f"publish, {self.documents} documents: {name}"
        wanted = target if self.documents >= FEWEST_JUDGED else None
        return compare(name, a, b, self.pairs, wanted, on_wall=on_wall)


def _after(side: Side, prepare: Callable[[], None]) -> Side:
    """Return a side before which something is prepared that does not count."""

    def measure() -> Sample:
        prepare()
        return side.measure()

    return Side(side.label, measure)


def _sum(one: Side, other: Side) -> Side:
    def measure() -> Sample:
        first, second = one.measure(), other.measure()
        return Sample(first.cpu + second.cpu, first.wall + second.wall)

    return Side(f"{one.label}, and {other.label}", measure)


def _copy(old: Path, new: Path) -> None:
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(old, new, symlinks=True)


def _memory(wanted: list[Sheet], printed: int, name: str) -> Measurement:
    """Return the most memory that a worker has ever held beside that after the first documents.

    A worker that made room for a new one counts too.
    """
    with WorkerPool(1, 120) as pool:
        jobs = (wanted[number % len(wanted)] for number in range(printed))
        peaks = [pool.submit(peak_after, sheet).result() for sheet in jobs]
    growth = max(peaks) / peaks[min(WARM, printed // 2) - 1]
    return Measurement(f"{name}: peak memory of a worker", "times", (growth,), FLAT)


def peak_after(sheet: Sheet) -> int:
    """Press a sheet, and return the most memory that this process has ever held."""
    stamps.press(sheet)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(file: str) -> None:
    """Press what a file holds."""
    for sheet in pickle.loads(Path(file).read_bytes()):  # noqa: S301  # written above
        stamps.press(sheet)


if __name__ == "__main__":
    main(*sys.argv[1:])
