"""Print what is being written: always the newest text, never two of the same document."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future

from qms_docs.edges import pdf
from qms_docs.edges.workers import WorkerPool
from qms_docs.words.errors import QmsError
from qms_docs.words.printing import Printed, PrintJob
from qms_docs.work.preview import Limits


class Press:
    """Prints in worker processes; a newer text of a document ends the printing of the older.

    A job under way ends only with its process, and a new one takes a second to get ready. So there
    is always a spare one that has done so.
    """

    def __init__(self, limits: Limits, tell: Callable[[], None]) -> None:
        """`tell` is called from another thread when a document is printed."""
        self._limits = limits
        self._tell = tell
        self._jobs: dict[str, tuple[PrintJob, Future[Printed]]] = {}
        self._pool, self._spare = self._ready_pool(), self._ready_pool()

    def print(self, job: PrintJob) -> None:
        """Start to print a document."""
        _, older = self._jobs.pop(job.name, (None, None))
        if older and not older.cancel() and not older.done():
            self._change_pools()
        self._start(job)

    def finished(self) -> Iterator[tuple[PrintJob, Printed | QmsError]]:
        """Yield what has been printed since the last time, or why it could not be."""
        for name, (job, future) in list(self._jobs.items()):
            if future.done():
                del self._jobs[name]
                try:
                    yield job, future.result()
                except QmsError as error:
                    yield job, error

    def close(self) -> None:
        """End all printing; no process is left."""
        for pool in (self._pool, self._spare):
            pool.shutdown(wait=False, cancel_futures=True)

    def _start(self, job: PrintJob) -> None:
        future = self._pool.submit(pdf.render, job)
        self._jobs[job.name] = job, future
        future.add_done_callback(lambda _: self._tell())

    def _change_pools(self) -> None:
        """End what is under way; other documents that it holds up start again."""
        waiting = [job for job, future in self._jobs.values() if not future.done()]
        stopped, self._pool = self._pool, self._spare
        stopped.shutdown(wait=False, cancel_futures=True)
        self._spare = self._ready_pool()
        for job in waiting:
            self._start(job)

    def _ready_pool(self) -> WorkerPool:
        pool = WorkerPool(self._limits.workers or 1, self._limits.seconds)
        pool.submit(pdf.start)
        return pool
