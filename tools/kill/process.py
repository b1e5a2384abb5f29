"""Run `qms` as a process of its own, and kill it, or one of its workers."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.demo.theatre import ROOT

CALLS = re.compile(r"^calls: (\d+)$", re.M)
_START = "from tools.kill.child import run; run()"
_PATIENCE = 30.0


@dataclass(frozen=True)
class Ending:
    """How a command ended: exit code, errors, and the session of its processes."""

    code: int
    err: str
    session: int


@dataclass(frozen=True)
class Killed:
    """A command that may be killed when it changes something below a folder."""

    watched: Path
    cwd: Path
    environment: Mapping[str, str]

    def run(self, arguments: Sequence[str], call: int = -1, seconds: float | None = None) -> Ending:
        """Run it; kill it before a call that changes the disk, or after some seconds."""
        with self._started(arguments, call) as child:
            try:
                _, err = child.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                _, err = child.communicate()
        return Ending(child.returncode, err, child.pid)

    def run_and_kill_worker(self, arguments: Sequence[str], delay: float) -> Ending | None:
        """Run it, and kill a worker some seconds after there is one; None if it was too late."""
        with self._started(arguments) as child:
            while not (there := workers(child.pid)) and child.poll() is None:
                time.sleep(0.002)
            time.sleep(delay)
            victim = next(iter(workers(child.pid) or there), None)
            killed = victim is not None and _kill(victim)
            _, err = child.communicate()
        return Ending(child.returncode, err, child.pid) if killed else None

    def _started(self, arguments: Sequence[str], call: int = -1) -> subprocess.Popen[str]:
        command = [sys.executable, "-P", "-c", _START, str(self.watched), str(call)]
        return subprocess.Popen(
            [*command, *arguments],
            cwd=self.cwd,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment without what this machine has set for Git."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "HOME": str(home),
        "GIT_CONFIG_GLOBAL": os.devnull,
        **more,
    }


def workers(process: int) -> list[int]:
    """Return the worker processes below a process, as /proc of Linux has them."""
    return [each for each in _children(process) if b"spawn_main" in _command(each)]


def outlived(session: int) -> list[int]:
    """Return which processes of a session are still there after they have had time to end."""
    deadline = time.monotonic() + _PATIENCE
    while (left := _of_session(session)) and time.monotonic() < deadline:
        time.sleep(0.01)
    return left


def _kill(process: int) -> bool:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _children(process: int) -> Iterator[int]:
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            yield from map(int, file.read_text("utf-8").split())
        except OSError:  # the thread has ended meanwhile
            continue


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _of_session(session: int) -> list[int]:
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(file.parent.name))
    return found
