"""A manual with something to approve, release and revise, and what a kill may leave of it."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from qms_docs.text import records
from tools.demo import life
from tools.demo.people import CONTROLLER, DRAFTER
from tools.demo.theatre import Theatre
from tools.kill.process import Ending, Killed, environment

FINISHED = "An earlier command was ended before it had written all of its files."


@dataclass(frozen=True)
class Step:
    """A command that writes."""

    name: str
    arguments: tuple[str, ...]
    key: Path | None = None
    """File of the key of the person who signs."""


def steps(ready: tuple[str, ...], other: str, drafter: Path, controller: Path) -> tuple[Step, ...]:
    """Return the commands: `ready` are documents to release, `other` is one to approve."""
    words = ("--class", "major", "--reason", "A kill", "--summary", "A kill")
    return (
        Step("approve", ("approve", other, "--meaning", "prepared", "--yes"), drafter),
        Step("release", ("release", *ready), controller),
        Step("revise", ("revise", *ready, *words)),
    )


@dataclass(frozen=True)
class Scene:
    """A manual with something to approve, release and revise, everything committed."""

    manual: Path
    steps: tuple[Step, ...]

    @classmethod
    def demo(cls, folder: Path) -> "Scene":
        """Make the manual of the demonstration; it takes some seconds."""
        beginning = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
        folder = folder.resolve()
        theatre = Theatre(folder, beginning, folder / "public", quiet=True)
        life.begin(theatre)
        ready = ("CSC-QP-11", "CSC-QP-12")
        life.agree(theatre, ready)
        keys = (theatre.keys / DRAFTER.key, theatre.keys / CONTROLLER.key)
        return cls(theatre.manual, steps(ready, "CSC-QM-01", *keys))

    def reset(self) -> None:
        """Put the work tree back to the newest commit."""
        self._git("reset", "--hard", "--quiet")
        self._git("clean", "-dxf", "--quiet")
        shutil.rmtree(self.manual / ".git" / "qms", ignore_errors=True)

    def run(self, step: Step, call: int = -1, seconds: float | None = None) -> Ending:
        """Run a step; kill it before a call that changes the disk, or after some seconds."""
        key = ("--key", str(step.key)) if step.key else ()
        return self._killed.run((*step.arguments, *key), call, seconds)

    def seen(self) -> dict[str, bytes]:
        """Return what Git would take for changed or new: path → content."""
        listed = self._git("status", "--porcelain", "--untracked-files=all", "-z")
        paths = (entry[3:] for entry in listed.split("\0") if entry)
        return {path: (self.manual / path).read_bytes() for path in paths}

    def _git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.manual,
            env=self._environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    @property
    def _killed(self) -> Killed:
        return Killed(self.manual, self.manual, self._environment)

    @property
    def _environment(self) -> dict[str, str]:
        return environment(self.manual.parent)

    def locks(self) -> list[str]:
        """Return the lock files of Git."""
        return [path.name for path in (self.manual / ".git").rglob("*.lock")]

    def broken(self, _ending: Ending, step: Step, whole: dict[str, bytes]) -> Iterator[str]:
        """Yield what is not as it must be after a step was killed; `whole` is what it writes.

        Runs the step again, so the work tree is one step ahead afterwards.
        """
        yield from (f"lock file {name}" for name in self.locks())
        left = self.seen()
        yield from _strange(left)
        clean, done = not left, _is_whole(left, whole)
        again = self.run(step)
        if "Traceback" in again.err or "mistake of its own" in again.err:
            yield f"the next run failed: {again.err}"
        if not clean and not done and FINISHED not in again.err:
            yield f"a part was left and nobody said so: {sorted(left)}: {again.err}"
        after = self.seen()
        yield from _strange(after)
        if not (again.code == 0 and clean) and not after.keys() >= left.keys():
            yield f"the next run lost something: {sorted(left.keys() - after.keys())}"
        if not done and not _is_whole(after, whole):
            yield f"the step is not whole: {sorted(after)}, not {sorted(whole)}: {again.err}"


def _is_whole(there: dict[str, bytes], whole: dict[str, bytes]) -> bool:
    """Tell whether a step is there as a whole: a record is another each time, with its digest."""
    return sorted(map(_kind, there)) == sorted(map(_kind, whole)) and all(
        path.startswith(records.FOLDER) or data == whole[path] for path, data in there.items()
    )


def _kind(path: str) -> str:
    return re.sub(r"/[0-9a-f]{2}/[0-9a-f]{64}\.", "/DIGEST.", path)


def _strange(there: dict[str, bytes]) -> Iterator[str]:
    """Yield files that are neither texts nor whole records, such as half of one."""
    for path, data in there.items():
        if path.startswith(records.FOLDER):
            try:
                expected = records.paths(records.read(data))
            except records.UnreadableRecordError:
                expected = ()
            if path not in expected:
                yield f"no record: {path}"
        elif not path.endswith(".md"):
            yield f"a file of nobody: {path}"
