"""The command: see the package."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import tools.kill
from tools.kill.process import CALLS, Ending
from tools.kill.publishing import Publishing, generated
from tools.kill.scene import Scene, Step

Moment = tuple[int, float | None]
"""Before which call to kill, or after how many seconds."""


class Place(Protocol):
    """Where commands are killed again and again."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """The commands."""

    def reset(self) -> None:
        """Make everything as it was before."""

    def run(self, step: Step, call: int = -1, seconds: float | None = None) -> Ending:
        """Run a command; kill it before a call that changes the disk, or after some seconds."""

    def seen(self) -> dict[str, bytes]:
        """Return what is other than before."""

    def broken(self, ending: Ending, step: Step, whole: dict[str, bytes]) -> Iterator[str]:
        """Run a killed command once more and yield what is not as it must be."""


@dataclass
class Tally:
    """What the kills have left."""

    kills: int = 0
    late: int = 0
    """Commands that had ended before they could be killed."""
    clean: int = 0
    parts: int = 0
    failures: int = 0


def main(arguments: list[str]) -> int:
    """Kill so many times; return 1 if anything was not as it must be."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.kill",
        description=tools.kill.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Exit code: 0 all is as it must be, 1 it is not. Example: python -m tools.kill 100",
    )
    parser.add_argument("kills", nargs="?", type=int, default=100, help="in all; default 100")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="qms-kill-") as folder:
        place = Path(folder).resolve()
        tally = run((Scene.demo(place), *generated(place)), asked.kills)
    print(
        f"kill: {tally.kills} kills, {tally.late} commands had ended before; nothing was written "
        f"{tally.clean} times, a part {tally.parts} times; not as it must be: {tally.failures}"
    )
    return int(bool(tally.failures))


def run(places: Sequence[Place], kills: int) -> Tally:
    """Kill all steps in turn, and workers, and print what is not as it must be."""
    tally = Tally()
    steps = [(place, step) for place in places for step in place.steps]
    presses = [place for place in places if isinstance(place, Publishing)][-1:]  # has most to do
    count = len(steps) + len(presses)
    shares = [kills // count + (number < kills % count) for number in range(count)]
    for (place, step), share in zip(steps, shares[: len(steps)], strict=True):
        written, calls, seconds = _undisturbed(place, step)
        _kill(place, step, written, _moments(calls, seconds, share), tally)
        if place in presses:
            _kill_workers(presses[0], written, _delays(seconds, shares[-1]), tally)
    return tally


def _kill(
    place: Place, step: Step, whole: dict[str, bytes], moments: Iterable[Moment], tally: Tally
) -> None:
    for call, after in moments:
        place.reset()
        ended = place.run(step, call, after)
        if ended.code == 0:
            tally.late += 1
            continue
        tally.kills += 1
        left = place.seen()
        tally.clean += not left
        tally.parts += 0 < len(left) < len(whole)
        moment = f"call {call}" if after is None else f"{after:.2f} s"
        _tell(f"{step.name} at {moment}", place.broken(ended, step, whole), tally)


def _kill_workers(
    press: Publishing, whole: dict[str, bytes], delays: Iterable[float], tally: Tally
) -> None:
    for delay in delays:
        problems = press.worker_killed(whole, delay)
        if problems is None:
            tally.late += 1
            continue
        tally.kills += 1
        _tell(f"a worker after {delay:.2f} s", problems, tally)


def _undisturbed(place: Place, step: Step) -> tuple[dict[str, bytes], int, float]:
    """Return what a step writes, with how many calls, in how many seconds."""
    place.reset()
    started = time.monotonic()
    ending = place.run(step, call=0)
    seconds = time.monotonic() - started
    calls = CALLS.search(ending.err)
    if ending.code or calls is None:
        raise SystemExit(f"kill: {step.name} does not run: {ending.err}")
    return place.seen(), int(calls[1]), seconds


def _tell(where: str, problems: Iterable[str], tally: Tally) -> None:
    for problem in problems:
        tally.failures += 1
        print(f"kill: {where}: {problem}", flush=True)


def _delays(seconds: float, kills: int) -> Iterator[float]:
    """Yield how long after there is a worker one is killed: later there may be none any more."""
    return (seconds / 2 * number / kills for number in range(kills))


def _moments(calls: int, seconds: float, kills: int) -> Iterator[Moment]:
    """Yield when to kill: before calls, evenly spread, then at least every fourth by time."""
    chosen = min(calls, kills - kills // 4)
    for number in range(chosen):
        yield 1 + number * (calls - 1) // max(chosen - 1, 1), None
    for number in range(kills - chosen):
        yield -1, seconds * (number + 1) / (kills - chosen + 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
