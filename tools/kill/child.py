"""Runs `qms`, and is killed right before the n-th call that changes a file below a folder."""

import os
import signal
import sys
from pathlib import Path

from qms_docs.cli.main import run as run_qms

_CHANGES = (
    "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.truncate", "os.link",
    "os.symlink",
)  # fmt: skip


def run() -> None:
    """Run with the arguments FOLDER N QMS-ARGUMENT…; with N = 0 say how many calls there are."""
    folder, wanted = sys.argv[1], int(sys.argv[2])
    sys.argv[1:] = sys.argv[3:]
    calls = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal calls
        if _changes(event, arguments) and _is_below(folder, arguments):
            calls += 1
            if calls == wanted:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    try:
        run_qms()
    finally:
        if not wanted:
            print(f"calls: {calls}", file=sys.stderr)


def _changes(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        flags = arguments[2]
        return isinstance(flags, int) and bool(flags & os.O_ACCMODE)
    return event in _CHANGES


def _is_below(folder: str, arguments: tuple[object, ...]) -> bool:
    names = [str(each) for each in arguments if isinstance(each, str | os.PathLike)]
    if names and "/" not in names[0]:  # folders are also removed by descriptors
        names += [_of_descriptor(each) for each in arguments[1:]]
    return any(name.startswith(folder) for name in names)


def _of_descriptor(handle: object) -> str:
    """Return the path of an open folder (Linux); empty if it is none."""
    try:
        return str(Path(f"/proc/self/fd/{handle}").readlink())
    except OSError:
        return ""
