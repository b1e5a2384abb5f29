"""The command: see the package."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tools.kill
from tools.kill.scene import CALLS, Scene, Step, broken


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
        tally = run(Scene.demo(Path(folder)), asked.kills)
    print(
        f"kill: {tally.kills} kills, {tally.late} commands had ended before; nothing was written "
        f"{tally.clean} times, a part {tally.parts} times; not as it must be: {tally.failures}"
    )
    return int(bool(tally.failures))


def run(scene: Scene, kills: int) -> Tally:
    """Kill the steps in turn, and print what is not as it must be."""
    tally, count = Tally(), len(scene.steps)
    for number, step in enumerate(scene.steps):
        share = kills // count + (number < kills % count)
        _kill(scene, step, share, tally)
    return tally


def _kill(scene: Scene, step: Step, kills: int, tally: Tally) -> None:
    scene.reset()
    started = time.monotonic()
    ending = scene.run(step, call=0)
    seconds = time.monotonic() - started
    calls = CALLS.search(ending.err)
    if ending.code or calls is None:
        raise SystemExit(f"kill: {step.name} does not run: {ending.err}")
    whole = scene.seen()
    for call, after in _moments(int(calls[1]), seconds, kills):
        scene.reset()
        ended = scene.run(step, call, after)
        if ended.code == 0:
            tally.late += 1
            continue
        tally.kills += 1
        left = scene.seen()
        tally.clean += not left
        tally.parts += 0 < len(left) < len(whole)
        for problem in broken(scene, step, whole):
            tally.failures += 1
            moment = f"call {call}" if after is None else f"{after:.2f} s"
            print(f"kill: {step.name} at {moment}: {problem}", flush=True)


def _moments(calls: int, seconds: float, kills: int) -> Iterator[tuple[int, float | None]]:
    """Yield before which call, or after how many seconds, to kill: calls first, evenly spread."""
    chosen = min(calls, kills)
    for number in range(chosen):
        yield 1 + number * (calls - 1) // max(chosen - 1, 1), None
    for number in range(kills - chosen):
        yield -1, seconds * (number + 1) / (kills - chosen + 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
