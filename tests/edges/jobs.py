"""Jobs for the tests of the worker processes: good ones, hanging ones, crashing ones."""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from qms_docs.edges.workers import WorkerPool
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding


def add(first: int, second: int) -> int:
    return first + second


def slow_add(first: int, second: int, seconds: float) -> int:
    time.sleep(seconds)
    return first + second


def process_id(_: object = None) -> int:
    return os.getpid()


def temporary_folder() -> str:
    Path(tempfile.mkstemp()[1]).write_text("left behind")
    return tempfile.gettempdir()


def answer_of(size: int) -> bytes:
    return b"x" * size


def refuse(name: str) -> None:
    raise QmsError("no-document", id=name)


def refuse_with_findings(name: str) -> None:
    error = QmsError("no-document", id=name)
    error.findings = (Finding("QMS806", "a.md"),)
    raise error


def traced_sleep(trace: str, seconds: float) -> str:
    """Note this process and its parent, then take some time."""
    with Path(trace).open("a") as file:
        file.write(f"{os.getpid()} {os.getppid()}\n")
    time.sleep(seconds)
    return trace


def fail(text: str) -> None:
    raise ZeroDivisionError(text)


def allocate(size: int) -> int:
    return len(bytearray(size))


def is_deaf_to_interrupts() -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def hang(trace: str) -> None:
    """Work for ever without ever waiting."""
    Path(trace).write_text(str(os.getpid()))
    while True:
        sum(range(1000))


def crash(trace: str, how: str, times: int) -> str:
    """End the process the first few times."""
    with Path(trace).open("a") as file:
        file.write("x")
    if len(Path(trace).read_text()) > times:
        return "alive"
    if how == "exit":
        os._exit(3)
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


def unsendable() -> Callable[[], None]:
    return lambda: None


if __name__ == "__main__":
    # A program with two workers under way, for somebody else to end.
    workers = WorkerPool(2, seconds=100)
    try:
        hanging = [workers.submit(hang, f"{sys.argv[1]}-{number}") for number in (1, 2)]
        hanging[0].result()
    finally:
        workers.shutdown(wait=False, cancel_futures=True)
