"""Compare the cost of two ways to do a thing: interleaved pairs, and the noise beside each ratio.

A round measures A, B and A once more; every second round runs backwards, so that whatever else
the machine does falls on both sides alike. How far the ratio of A to A strays from 1 is what
the ratio of A to B cannot tell from nothing.
"""

import gc
import importlib.metadata
import multiprocessing
import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

USUAL_PAIRS = 7
LEAST_PAIRS = 3
"""Fewer pairs are a trial run and no measurement; so few are for what takes minutes a run."""


@dataclass(frozen=True)
class Sample:
    """What one run cost, in seconds."""

    cpu: float
    """User and system time, of a command with all processes that it waited for."""
    wall: float


@dataclass(frozen=True)
class Side:
    """One of the two ways."""

    label: str
    """What a reader would type or call; no path outside the repository."""
    measure: Callable[[], Sample]


@dataclass(frozen=True)
class Ratio:
    """Pairwise ratios."""

    median: float
    least: float
    greatest: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.least:.2f}-{self.greatest:.2f})"


@dataclass(frozen=True)
class Figures:
    """CPU or wall seconds of a comparison."""

    a: float
    """Median of A."""
    b: float
    """Median of B."""
    ratio: Ratio
    """A to B, pair by pair."""
    noise: Ratio
    """A to A, measured in the same rounds: the A/A spread."""


@dataclass(frozen=True)
class Comparison:
    """The answer of one benchmark."""

    name: str
    a: str
    b: str
    pairs: int
    cpu: Figures
    wall: Figures
    target: float | None
    """The greatest ratio that is wanted; None where none is set."""
    on_wall: bool = False
    """Whether the target is for wall time; else it is for CPU seconds."""

    @property
    def verdict(self) -> str:
        """What the median ratio is by the target; empty without one."""
        if self.target is None:
            return ""
        found = self.wall if self.on_wall else self.cpu
        if found.ratio.median <= self.target:
            return "met"
        return "within A/A" if found.ratio.median <= found.noise.greatest else "MISSED"


@dataclass(frozen=True)
class Measurement:
    """The answer of a benchmark that has nothing to compare with."""

    name: str
    unit: str
    values: tuple[float, ...]
    target: float
    """The greatest median that is wanted."""

    @property
    def verdict(self) -> str:
        """What the median is by the target."""
        return "met" if statistics.median(self.values) <= self.target else "MISSED"


def command(label: str, words: Sequence[str], folder: Path, accepted: Iterable[int] = (0,)) -> Side:
    """Return a side that runs a command in a folder, its output thrown away.

    Measuring raises RuntimeError for an exit code that is not accepted: what failed early is
    cheap.
    """
    codes = frozenset(accepted)

    def measure() -> Sample:
        start = time.perf_counter()
        process = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in codes:
            raise RuntimeError(f"{label}: exit code {process.returncode}")
        return Sample(usage.ru_utime + usage.ru_stime, wall)

    return Side(label, measure)


def peak_memory(words: Sequence[str], folder: Path) -> float:
    """Return the most memory that a command has held at once, in megabytes (Linux)."""
    process = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"exit code {process.returncode}")
    return usage.ru_maxrss / 1000


def call(label: str, function: Callable[[], object]) -> Side:
    """Return a side that calls a function in this process; use it inside `in_worker`."""

    def measure() -> Sample:
        gc.collect()  # what the other side has left behind is not this side's cost
        cpu, wall = time.process_time(), time.perf_counter()
        function()
        return Sample(time.process_time() - cpu, time.perf_counter() - wall)

    return Side(label, measure)


def in_worker(function: Callable[..., Comparison], *arguments: Any) -> Comparison:
    """Compare in one new process, which stays warm for all that it measures."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def compare(
    name: str,
    a: Side,
    b: Side,
    pairs: int = USUAL_PAIRS,
    target: float | None = None,
    *,
    on_wall: bool = False,
) -> Comparison:
    """Measure both sides in turn, after one run of each that does not count: not for one pair."""
    if pairs > 1:
        a.measure()
        b.measure()
    rounds = []
    for number in range(pairs):
        one, other, again = a.measure(), b.measure(), a.measure()
        rounds.append((again, other, one) if number % 2 else (one, other, again))
    return Comparison(
        name=name,
        a=a.label,
        b=b.label,
        pairs=pairs,
        cpu=figures([(a.cpu, b.cpu, again.cpu) for a, b, again in rounds]),
        wall=figures([(a.wall, b.wall, again.wall) for a, b, again in rounds]),
        target=target,
        on_wall=on_wall,
    )


def figures(rounds: Sequence[tuple[float, float, float]]) -> Figures:
    """Return medians and ratios of rounds, each A, B and A again, in seconds."""
    return Figures(
        a=statistics.median(a for a, _, _ in rounds),
        b=statistics.median(b for _, b, _ in rounds),
        ratio=_ratio([a / b for a, b, _ in rounds]),
        noise=_ratio([a / again for a, _, again in rounds]),
    )


def _ratio(ratios: Sequence[float]) -> Ratio:
    return Ratio(statistics.median(ratios), min(ratios), max(ratios))


def machine(packages: Iterable[str]) -> dict[str, object]:
    """Return the facts that figures depend on; none names a machine or a person."""
    return {
        "processors": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in packages},
        "load_average": load_average(),
    }


def load_average() -> list[float]:
    """Return how many processes wanted to run in the last 1, 5 and 15 minutes."""
    return [round(load, 2) for load in os.getloadavg()]


def table(comparisons: Iterable[Comparison]) -> str:
    """Return a table of CPU and wall times in milliseconds, and below it what A and B are."""
    rows: list[tuple[str, ...]] = [("", "", "A ms", "B ms", "A/B", "A/A", "target for A/B")]
    legend = []
    for each in comparisons:
        verdict = f"{each.target:.4g} {each.verdict}" if each.target else ""
        cpu, wall = ("", verdict) if each.on_wall else (verdict, "")
        rows.append((each.name, "CPU", *_cells(each.cpu), cpu))
        rows.append(("", "wall", *_cells(each.wall), wall))
        legend.append(f"{each.name}: A = {each.a}; B = {each.b}; {each.pairs} pairs")
    return "\n".join([*_lines(rows), "", *legend])


def values_table(measurements: Iterable[Measurement]) -> str:
    """Return a table of medians, with the least and the greatest value."""
    rows: list[tuple[str, ...]] = [("", "", "median", "least-greatest", "target")]
    for each in measurements:
        middle = f"{statistics.median(each.values):.2f}"
        span = f"{min(each.values):.2f}-{max(each.values):.2f}, {len(each.values)} times"
        rows.append((each.name, each.unit, middle, span, f"{each.target} {each.verdict}"))
    return "\n".join(_lines(rows))


def _lines(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    return (f"| {' | '.join(map(str.ljust, row, widths))} |" for row in rows)


def _cells(found: Figures) -> tuple[str, ...]:
    return (f"{found.a * 1000:.1f}", f"{found.b * 1000:.1f}", str(found.ratio), str(found.noise))
