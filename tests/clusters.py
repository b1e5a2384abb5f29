"""A Dask scheduler and its workers on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager

import distributed


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """Yield the address of a scheduler whose workers are processes that a nanny starts again."""
    with distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=":0",
    ) as made:
        yield f"dask://{made.scheduler_address.split('//')[1]}"
