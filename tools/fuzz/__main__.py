"""The command: see the package."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import tools.fuzz
from tools.fuzz import targets

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "fuzz"


def main(arguments: list[str]) -> int:
    """Fuzz the targets that are named, or all, or repeat one input; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.fuzz",
        description=tools.fuzz.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(targets.TARGETS))
    parser.add_argument("--seconds", type=float, default=120, help="in all; default 120")
    parser.add_argument("--processes", type=int, default=1, help="hunts at a time; default 1")
    parser.add_argument("--blindly", action="store_true", help="change inputs by chance alone")
    parser.add_argument("--repeat", type=Path, metavar="FILE", help="give TARGET this input")
    asked = parser.parse_args(arguments)
    names = asked.targets or list(targets.TARGETS)
    unknown = [name for name in names if name not in targets.TARGETS]
    if unknown or (asked.repeat and len(asked.targets) != 1):
        parser.error(f"targets are: {', '.join(targets.TARGETS)}; --repeat needs one of them")
    if asked.repeat:
        targets.run(targets.TARGETS[names[0]], asked.repeat.read_bytes())
        print(f"fuzz: {names[0]}: this input is in order")
        return 0
    KEPT.mkdir(parents=True, exist_ok=True)
    engine = "guided" if find_spec("atheris") and not asked.blindly else "blindly"
    hunting = partial(hunt, seconds=asked.seconds / len(names), engine=engine)
    with ThreadPoolExecutor(asked.processes) as pool:
        failed = list(pool.map(hunting, names))
    return int(any(failed))


def hunt(name: str, seconds: float, engine: str) -> bool:
    """Fuzz one target in a process of its own; tell whether it failed, and print how."""
    print(f"fuzz: {name}: {seconds:.0f} s", flush=True)
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        before = _kept(name)
        done = _python("-m", "tools.fuzz.child", engine, name, str(left), str(KEPT))
        if done.returncode == 0:
            counts = [line for line in done.stderr.splitlines() if "executed_units" in line]
            print(f"fuzz: {name}: nothing found {' '.join(counts)}", flush=True)
            return False
        new = _kept(name) - before
        failed = [file for file in sorted(new) if not _is_in_order(name, file)]
        if failed or not new:
            print(done.stderr[-4000:])
            for file in failed:
                print(f"fuzz: {name}: repeat with: python -m tools.fuzz --repeat {file} {name}")
            print(f"fuzz: {name}: FAILED", flush=True)
            return True
        for file in new:
            file.unlink()  # slow only while its way through the code was recorded
    print(f"fuzz: {name}: nothing found but what is slow only while it is recorded", flush=True)
    return False


def _kept(name: str) -> set[Path]:
    return set(KEPT.glob(f"{name}-*"))


def _is_in_order(name: str, file: Path) -> bool:
    return _python("-m", "tools.fuzz", "--repeat", str(file), name).returncode == 0


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run this Python from the top of the repository; an endless run is given up as a failure."""
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
