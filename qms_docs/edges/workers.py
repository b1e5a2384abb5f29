"""Worker processes that can be killed: an executor that survives hanging and crashing jobs.

Rendering runs on text that people typed; a table or a drawing can make the engine use all memory
or never end. Each thread of the executor owns one process, hands it one job at a time and kills
it when the time is over.
"""

import multiprocessing
import multiprocessing.connection
import multiprocessing.resource_tracker
import os
import resource
import shutil
import signal
import tempfile
import threading
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from qms_docs.words.errors import QmsError

P = ParamSpec("P")
R = TypeVar("R")

_CONTEXT = multiprocessing.get_context("spawn")
_GIGABYTE = 1024**3
_JOBS = 32
"""After so many a process makes room for a new one. The libraries below the engine keep half a
megabyte of every document, whatever Python gives back; a new process costs a second or two."""


class WorkerPool(ThreadPoolExecutor):
    """A `concurrent.futures.Executor` whose jobs run in processes with limits.

    A job that takes longer than `seconds` is killed and fails with `render-timeout`. A job whose
    process dies is tried once more in a new one, then fails with `render-crashed`. Functions and
    arguments must be picklable.
    """

    def __init__(self, workers: int, seconds: float, memory: int = 4 * _GIGABYTE) -> None:
        # A new Python looks for its own modules in the current folder first: a repository could
        # bring some with it.
        os.environ["PYTHONSAFEPATH"] = "1"
        # Ctrl-C is for the main thread: these threads block it, and their processes inherit that.
        # The tracker of multiprocessing would unblock it again if one of them had to start it.
        multiprocessing.resource_tracker.ensure_running()
        super().__init__(
            max_workers=workers,
            initializer=signal.pthread_sigmask,
            initargs=(signal.SIG_BLOCK, {signal.SIGINT}),
        )
        self._seconds = seconds
        self._memory = memory
        self._own = threading.local()
        self._processes: set[_Process] = set()
        # A pool that is forgotten, or there until the program ends, leaves nothing behind either.
        self._end = weakref.finalize(self, _close_all, self._processes)
        self._closing = False

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Run `fn` in a worker process."""
        return super().submit(self._run, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop; without `wait` jobs under way are killed."""
        if not wait:
            self._closing = True
            for process in list(self._processes):
                process.kill()
        super().shutdown(wait=True, cancel_futures=cancel_futures)
        self._end()

    def _run(self, function: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        name = name_of(function, args)
        for attempt in (1, 2):
            if self._closing:
                raise CancelledError
            process = self._process()
            try:
                return process.call(function, args, kwargs, self._seconds)
            except TimeoutError as error:
                self._drop(process)
                seconds = f"{self._seconds:g}"
                raise QmsError("render-timeout", name=name, seconds=seconds) from error
            except (EOFError, OSError) as error:
                code = process.exit_code()
                self._drop(process)
                if attempt == 2 and not self._closing:
                    raise QmsError("render-crashed", name=name, detail=code) from error
        raise CancelledError

    def _process(self) -> "_Process":
        process: _Process | None = getattr(self._own, "process", None)
        if process is not None and process.jobs >= _JOBS:
            self._drop(process)
            process = None
        if process is None:
            process = self._own.process = _Process(self._memory)
            self._processes.add(process)
            if self._closing:  # too late for `shutdown` to have seen it
                process.kill()
        return process

    def _drop(self, process: "_Process") -> None:
        process.close()
        self._processes.discard(process)
        self._own.process = None


def _close_all(processes: "set[_Process]") -> None:
    for process in processes:
        process.close()


def name_of(function: Callable[..., Any], args: Sequence[Any]) -> str:
    """Return what a job is called in messages: the document that it prints, or its function."""
    own = getattr(function, "__name__", type(function).__name__)
    return str(getattr(args[0], "path", own) if args else own)


class _Process:
    """One worker process and the pipe to it."""

    def __init__(self, memory: int) -> None:
        self.jobs = 0
        """How many it was given."""
        self._pipe, theirs = _CONTEXT.Pipe()
        self._folder = tempfile.mkdtemp(prefix="qms-worker-")
        arguments = (theirs, memory, self._folder)
        self._process = _CONTEXT.Process(target=_work, args=arguments, daemon=True)
        self._process.start()
        theirs.close()

    def call(self, function: Callable[..., Any], args: Any, kwargs: Any, seconds: float) -> Any:
        self.jobs += 1
        self._pipe.send((function, args, kwargs))
        if not self._pipe.poll(seconds):
            raise TimeoutError
        succeeded, value = self._pipe.recv()
        if succeeded:
            return value
        raise value

    def exit_code(self) -> str:
        self._process.join(1)
        return f"exit code {self._process.exitcode}"

    def kill(self) -> None:
        """End the process; its thread notices and closes. Safe from any thread."""
        self._process.kill()

    def close(self) -> None:
        """End the process and give back what it used."""
        self._process.kill()
        self._process.join()
        self._pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _work(pipe: multiprocessing.connection.Connection, memory: int, folder: str) -> None:
    """Answer jobs until the parent closes the pipe or dies.

    Temporary files (the engine copies its fonts) go to `folder`, which the parent removes after
    a kill and the worker itself when the parent is gone.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    tempfile.tempdir = folder
    threading.Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
    while True:
        try:
            function, args, kwargs = pipe.recv()
        except (EOFError, OSError):
            shutil.rmtree(folder, ignore_errors=True)
            return
        try:
            answer = (True, function(*args, **kwargs))
        except QmsError as error:
            answer = (False, error)
        except Exception as error:
            detail = f"{type(error).__name__}: {error}"
            name = getattr(args[0], "path", "") if args else ""
            answer = (False, QmsError("render-failed", name=name, detail=detail))
        pipe.send(answer)


def _end_with_parent(folder: str) -> None:
    """End this process when its parent is gone, even in the middle of a job that never ends."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)
