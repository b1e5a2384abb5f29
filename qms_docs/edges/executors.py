"""Where jobs run: in processes of this machine, or on the workers of a Dask scheduler.

Either is a `concurrent.futures.Executor` with the same limits and the same errors. A Dask worker
runs a job in a process that it can kill, and only if it has the same program and libraries as we:
others would give other bytes.
"""

import concurrent.futures
import importlib
import multiprocessing
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, ParamSpec, TypeVar

from qms_docs.edges import stamps
from qms_docs.edges.workers import WorkerPool, name_of
from qms_docs.words.errors import QmsError

P = ParamSpec("P")
R = TypeVar("R")

LOCAL = "local"
_DASK = "dask://"
_PATIENCE = 10.0
"""Seconds until there must be a scheduler, and then its first worker."""
_MAKING = threading.Lock()


def opened(address: str, workers: int, seconds: float) -> Executor:
    """Return what runs jobs of at most so many seconds: `local`, or at `dask://host:port`.

    `workers` counts processes of this machine; a cluster has its own number. Raises QmsError for
    any other address, without the extra `dask`, and if no scheduler or no worker answers.
    """
    if address == LOCAL:
        return WorkerPool(workers, seconds)
    place = address.removeprefix(_DASK)
    if place == address or not place.rpartition(":")[0]:
        raise QmsError("no-executor", address=address)
    return DaskExecutor(_connected(address, place), address, seconds)


def _connected(address: str, place: str) -> Any:
    """Return a client of a scheduler; the library has hardly any types."""
    try:
        import dask

        library: Any = importlib.import_module("distributed")
    except ImportError as error:
        raise QmsError("no-dask") from error
    # It warns of a job above 10 MB, which a document with photographs is.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"})
    client: Any = None
    # Without a scheme Dask takes that of its own settings, which may ask for TLS.
    connect = partial(library.Client, place, timeout=_PATIENCE, set_as_default=False)
    try:
        client = _within(2 * _PATIENCE, connect)
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        if client is not None:
            client.close()
        raise QmsError("cannot-reach", address=address, detail=_told(error)) from error
    return client


def _within(seconds: float, function: Callable[[], R]) -> R:
    """Return what a function returns; raises TimeoutError if that takes longer, and forgets it.

    Dask waits for ever for an answer of something that listens and is no scheduler.
    """
    answer: Future[R] = Future()

    def run() -> None:
        try:
            answer.set_result(function())
        except BaseException as error:
            answer.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return answer.result(seconds)


class DaskExecutor(Executor):
    """Runs jobs on the workers of a Dask scheduler, which gives those of a lost worker to others.

    Jobs must be such that it does no harm to run one twice. Functions and arguments must be
    picklable.
    """

    def __init__(self, client: Any, address: str, seconds: float) -> None:
        self._client = client
        self._address = address
        self._seconds = seconds
        self._jobs: dict[Future[Any], Any] = {}
        """What callers wait for → what Dask calls it."""
        self._closing = False

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Run `fn` on some worker."""
        ours: Future[R] = Future()
        ours.set_running_or_notify_cancel()
        alike = _Alike(fn, stamps.tools())
        theirs = self._client.submit(_limited, self._seconds, alike, args, kwargs, pure=False)
        self._jobs[ours] = theirs
        theirs.add_done_callback(partial(self._settle, ours, name_of(fn, args)))
        return ours

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop; without `wait` nobody waits for jobs under way, which end within their time."""
        if wait and not cancel_futures:
            concurrent.futures.wait(self._jobs)
        self._closing = True
        left = {ours: theirs for ours, theirs in self._jobs.items() if not ours.done()}
        if left:
            self._client.cancel(list(left.values()))
        self._client.close()
        for ours in left:
            with suppress(InvalidStateError):
                ours.set_exception(CancelledError())

    def _settle(self, ours: "Future[Any]", name: str, theirs: Any) -> None:
        """Hand over what became of a job."""
        with suppress(InvalidStateError):  # the executor was closed meanwhile
            answer = self._answer(theirs, name)
            if isinstance(answer, BaseException):
                ours.set_exception(answer)
            else:
                ours.set_result(answer)
        theirs.release()

    def _answer(self, theirs: Any, name: str) -> Any:
        """Return the result of a job, or why there is none."""
        if theirs.status == "finished":
            return theirs.result()
        if theirs.status != "error":
            return CancelledError() if self._closing else QmsError("lost", address=self._address)
        error = theirs.exception()
        if type(error).__name__ == "KilledWorker":  # several were lost over it
            return QmsError("render-crashed", name=name, detail=_told(error))
        return QmsError("cannot-run", address=self._address, detail=_told(error))


def _told(error: BaseException) -> str:
    """Return what an error says, in one line."""
    return " ".join(str(error).split())[:200] or type(error).__name__


@dataclass(frozen=True)
class _Alike:
    """A job that runs only where program and libraries are those of whoever asks for it."""

    function: Callable[..., Any]
    tools: Mapping[str, str]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        here = stamps.tools()
        other = sorted(name for name, version in self.tools.items() if here.get(name) != version)
        if other:
            raise QmsError("other-program", names=", ".join(other))
        return self.function(*args, **kwargs)


def _limited(seconds: float, job: _Alike, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    """Run a job in a process of a Dask worker that can be killed; called by Dask, in the worker.

    Returns an error of ours instead of raising it: to Dask a job that we refuse has not failed.
    """
    from distributed import get_worker

    with _MAKING:
        pool = _pool(seconds, get_worker().state.nthreads)
    try:
        return pool.submit(job, *args, **kwargs).result()
    except QmsError as error:
        return error


@lru_cache(maxsize=1)
def _pool(seconds: float, workers: int) -> WorkerPool:
    """Return the processes of a Dask worker; those with another limit end when they are idle."""
    # The worker is a daemon of its nanny, and as such may have no processes. Ours end with it.
    multiprocessing.current_process().daemon = False
    return WorkerPool(workers, seconds)
