"""A shelf of publications, and what a kill may leave on it.

Whenever it happens, `current` leads to one whole publication: the one before or the next. No
worker outlives the command, and the next run tidies up and publishes what is to be published.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from qms_docs.edges import shelf
from qms_docs.edges.shelf import CURRENT, Shelf
from tools.bench import corpus, history
from tools.kill.process import Ending, Killed, environment, outlived
from tools.kill.scene import Step


@dataclass(frozen=True)
class Publishing:
    """A publication of what was released at an instant, after the one before, if there is one."""

    manual: Path
    folder: Path
    """A folder for the shelf and for what belongs to it."""
    instant: str
    before: Path | None = None
    """The shelf to begin with."""

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The one command."""
        words = ("publish", "--output", str(self.shelf), "--as-of", self.instant, "--workers", "2")
        return (Step("publish the next" if self.before else "publish the first", words),)

    @property
    def shelf(self) -> Path:
        """Where publications stand by number."""
        return self.folder / "shelf"

    def reset(self) -> None:
        """Put the shelf back to what it was before."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._temporary.mkdir(parents=True)
        if self.before:
            shutil.copytree(self.before, self.shelf, symlinks=True)

    def run(self, step: Step, call: int = -1, seconds: float | None = None) -> Ending:
        """Publish; kill it before a call that changes the shelf, or after some seconds."""
        return self._killed.run(step.arguments, call, seconds)

    def seen(self) -> dict[str, bytes]:
        """Return the files of the shelf that were not there before: path → content."""
        old = set(_files(self.before)) if self.before else set()
        new = (each for each in _files(self.shelf) if each not in old and each.parts[0] != CURRENT)
        return {each.as_posix(): (self.shelf / each).read_bytes() for each in new}

    def broken(self, ending: Ending, step: Step, whole: dict[str, bytes]) -> Iterator[str]:
        """Yield what is not as it must be after a kill; `whole` is what one run writes."""
        yield from (f"process {left} goes on" for left in outlived(ending.session))
        yield from self._not_whole(may_be_none=self.before is None)
        yield from self._left_by_workers()
        again = self.run(step)
        if again.code:
            yield f"the next run failed: {again.err}"
        yield from self._unexpected(whole)

    def worker_killed(self, whole: dict[str, bytes], delay: float) -> list[str] | None:
        """Publish, kill a worker meanwhile, and return what is not as it must be.

        None if everything had been printed before there was anything to kill.
        """
        self.reset()
        ending = self._killed.run_and_kill_worker(self.steps[0].arguments, delay)
        if ending is None:
            return None
        failed = [f"exit code {ending.code}: {ending.err}"] if ending.code else []
        return [*failed, *self._unexpected(whole)]

    def _not_whole(self, *, may_be_none: bool = False) -> Iterator[str]:
        """Yield what is wrong with what readers see, and with every other number."""
        current = Shelf(self.shelf).current()
        if current is None and not (may_be_none and not (self.shelf / CURRENT).is_symlink()):
            yield "nothing is current"
        for place in self.shelf.glob("[0-9]*"):
            edition = shelf.edition(place)
            yield from (f"{place.name}/{name}: {kind}" for name, kind in shelf.differences(edition))

    def _unexpected(self, whole: dict[str, bytes]) -> Iterator[str]:
        """Yield what is not as after a run that nobody has disturbed."""
        yield from self._not_whole()
        yield from self._left_by_workers()
        yield from (f"{path.name} was left" for path in self.shelf.glob(".new-*"))
        expected = {name.partition("/")[2]: data for name, data in whole.items() if name[0] != "."}
        current = (self.shelf / CURRENT).resolve()
        made = {name.as_posix(): (current / name).read_bytes() for name in _files(current)}
        names = sorted(name for name in {*made, *expected} if made.get(name) != expected.get(name))
        yield from (f"{name} is not as it was to be" for name in names)

    def _left_by_workers(self) -> Iterator[str]:
        yield from (f"{path.name} was left" for path in self._temporary.iterdir())

    @property
    def _temporary(self) -> Path:
        return self.folder / "temporary"

    @property
    def _killed(self) -> Killed:
        variables = environment(self.folder, TMPDIR=str(self._temporary))
        return Killed(self.shelf, self.manual, variables)


def _files(folder: Path) -> list[Path]:
    return [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]


def publishings(manual: Path, folder: Path, first: str, second: str) -> tuple[Publishing, ...]:
    """Return how a manual is published for the first time, and then at another instant."""
    begin = Publishing(manual, folder / "first", first)
    before = folder / "before"
    begin.reset()
    ending = begin.run(begin.steps[0])
    if ending.code:
        raise SystemExit(f"kill: the first publication does not run: {ending.err}")
    shutil.copytree(begin.shelf, before, symlinks=True)
    return begin, Publishing(manual, folder / "next", second, before)


def generated(folder: Path) -> tuple[Publishing, ...]:
    """Return the same of a generated manual: four PDFs at first, and two more, or new ones."""
    manual = folder / "generated"
    manual.mkdir()
    history.write(manual, corpus.FEWEST)
    instants = history.releases(manual)
    return publishings(manual, folder, instants[1], instants[2])
