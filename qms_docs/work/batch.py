"""A batch of print jobs, given to an executor: progress, and what became of each."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, as_completed
from typing import TypeVar

from qms_docs.words.errors import QmsError
from qms_docs.words.printing import Printed, Trouble

Progress = Callable[[int, int, str], None]
"""Told how many documents are done, of how many, and the name of the last."""
_Key = TypeVar("_Key")
_Job = TypeVar("_Job")
_Made = TypeVar("_Made")
_Outcome = TypeVar("_Outcome")


def done(
    executor: Executor,
    work: Callable[[_Job], _Made],
    jobs: Iterable[tuple[_Key, _Job]],
    outcome: Callable[[Future[_Made], _Key], _Outcome],
    name: Callable[[_Key], str],
    progress: Progress,
) -> Iterator[_Outcome]:
    """Do each job and yield its outcome, in the order of the jobs; the executor ends with them.

    The first are done while the next are still being made. `outcome` stops everything by what it
    raises.
    """
    try:
        futures = {executor.submit(work, job): key for key, job in jobs}
        for number, future in enumerate(as_completed(futures), start=1):
            outcome(future, futures[future])
            progress(number, len(futures), name(futures[future]))
        yield from (outcome(future, key) for future, key in futures.items())
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def unprinted(error: QmsError, name: str, path: str) -> Printed:
    """Return what stands for a PDF that the engine has given up on; raises any other error."""
    if error.key not in ("render-timeout", "render-crashed", "render-failed"):
        raise error
    detail = str(error.values.get("detail") or f"{error.values.get('seconds')} s")
    return Printed(name, path, b"", 0, (Trouble(error.key.removeprefix("render-"), detail),))
