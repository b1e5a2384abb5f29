"""Runs `qms`, and is killed right before the n-th call that changes a file below a folder."""

import os
import signal
import sys

from qms_docs.cli.main import run as run_qms

_CHANGES = ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.truncate")


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
    # Folders are also removed by descriptors, with a bare name: these count too.
    names = [str(each) for each in arguments if isinstance(each, str | os.PathLike)]
    return any(name.startswith(folder) or "/" not in name for name in names)
