"""Printing on a Dask cluster: the same bytes, limits and errors as with processes of our own."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from pathlib import Path

import pytest

from qms_docs.edges import executors, stamps
from qms_docs.edges.workers import WorkerPool
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding
from qms_docs.words.printing import PrintJob, Sheet
from qms_docs.work import sheets
from tests.clusters import cluster
from tests.edges import jobs
from tests.outer import wait_for

SHEETS = [
    Sheet(f"{number}.pdf", f"{number}.md", PrintJob(f"{number}.pdf", f"{number}.md", html))
    for number in (1, 2, 3)
    for html in [f"<html lang='en'><title>T</title><p>Page {number}</p></html>"]
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Start a scheduler and two workers."""
    with cluster(2) as address:
        yield address


@pytest.fixture
def dask(address: str) -> Iterator[Executor]:
    with executors.opened(address, 1, 60) as executor:
        yield executor


def test_the_bytes_are_those_of_a_process_of_our_own(dask: Executor) -> None:
    with executors.opened("local", 1, 60) as local:
        assert isinstance(local, WorkerPool)
        here = list(local.map(stamps.press, SHEETS))
    assert list(dask.map(stamps.press, SHEETS)) == here
    assert all(each.printed.data.startswith(b"%PDF") for each in here)


def test_a_job_runs_in_a_process_below_a_worker_that_is_used_again(dask: Executor) -> None:
    workers = {worker["pid"] for worker in dask._client.run(about_process).values()}  # type: ignore[attr-defined]  # there is no public way
    ids = set(dask.map(jobs.process_id, range(10)))
    assert len(ids) <= 2
    assert not ids & {os.getpid(), *workers}


def about_process() -> dict[str, int]:
    return {"pid": os.getpid()}


def test_an_error_of_ours_comes_whole(dask: Executor) -> None:
    with pytest.raises(QmsError) as raised:
        dask.submit(jobs.refuse_with_findings, "CSC-QP-99").result(60)
    assert (raised.value.key, raised.value.values) == ("no-document", {"id": "CSC-QP-99"})
    assert raised.value.findings == (Finding("QMS806", "a.md"),)


def test_any_other_error_is_a_document_that_cannot_be_printed(dask: Executor) -> None:
    with pytest.raises(QmsError) as raised:
        dask.submit(jobs.fail, "no good").result(60)
    assert raised.value.key == "render-failed"
    assert raised.value.values["detail"] == "ZeroDivisionError: no good"


def test_a_timeout_is_the_same_finding_and_the_next_job_runs(address: str, tmp_path: Path) -> None:
    with executors.opened(address, 1, 5) as executor:
        future = executor.submit(jobs.hang, str(tmp_path / "trace"))
        pressed = sheets._outcome(future, SHEETS[0])
        assert [each.case for each in pressed.printed.troubles] == ["timeout"]
        assert pressed.printed.troubles[0].detail == "5 s"
        assert executor.submit(jobs.add, 1, 2).result(60) == 3
    assert wait_for(lambda: not is_alive(int((tmp_path / "trace").read_text())))


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_worker_that_is_killed_costs_its_job_only(dask: Executor, tmp_path: Path) -> None:
    traces = [tmp_path / f"trace-{number}" for number in range(6)]
    futures = [dask.submit(jobs.traced_sleep, str(trace), 0.5) for trace in traces]
    assert wait_for(lambda: sum(trace.exists() for trace in traces) >= 2)
    process, parent = map(int, next(filter(Path.exists, traces)).read_text().split()[:2])
    os.kill(parent, signal.SIGKILL)
    assert [future.result(60) for future in futures] == [str(trace) for trace in traces]
    assert wait_for(lambda: not is_alive(process))
    runs = sorted(len(trace.read_text().split()) // 2 for trace in traces)
    assert runs == [1, 1, 1, 1, 1, 2]


def test_a_process_that_is_killed_is_tried_once_more_then_told(
    dask: Executor, tmp_path: Path
) -> None:
    assert dask.submit(jobs.crash, str(tmp_path / "once"), "kill", 1).result(60) == "alive"
    with pytest.raises(QmsError) as raised:
        dask.submit(jobs.crash, str(tmp_path / "always"), "kill", 99).result(60)
    assert raised.value.key == "render-crashed"


def test_a_worker_with_another_program_prints_nothing(
    dask: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = {**stamps.tools(), "pango": "0.1"}
    monkeypatch.setattr(stamps, "tools", lambda: tools)
    with pytest.raises(QmsError) as raised:
        dask.submit(jobs.add, 1, 2).result(60)
    assert (raised.value.key, raised.value.values) == ("other-program", {"names": "pango"})


def test_a_scheduler_that_ends_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(executors, "_PATIENCE", 2)
    trace = tmp_path / "trace"
    with cluster(1) as address:
        executor = executors.opened(address, 1, 60)
        future = executor.submit(jobs.traced_sleep, str(trace), 30)
        assert wait_for(trace.exists)
    with pytest.raises(QmsError) as raised:
        future.result(60)
    assert raised.value.key == "lost"
    executor.shutdown(wait=False, cancel_futures=True)


def key_of(address: str) -> str:
    with pytest.raises(QmsError) as raised:
        executors.opened(address, 1, 60)
    return raised.value.key


def test_a_scheduler_that_cannot_be_reached_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "_PATIENCE", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # nobody listens
        assert key_of(f"dask://127.0.0.1:{free.getsockname()[1]}") == "cannot-reach"
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert key_of(f"dask://127.0.0.1:{silent.getsockname()[1]}") == "cannot-reach"
    with cluster(0) as address:
        assert key_of(address) == "cannot-reach"
    assert key_of("dask://127.0.0.1:port") == "cannot-reach"


@pytest.mark.parametrize("address", ["", "dask", "dask://", "dask://host", "tcp://host:8786"])
def test_another_address_is_refused(address: str) -> None:
    assert key_of(address) == "no-executor"


def test_without_the_extra_the_command_to_install_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert key_of("dask://127.0.0.1:8786") == "no-dask"


def test_a_sudden_end_waits_for_nobody(address: str, tmp_path: Path) -> None:
    executor = executors.opened(address, 1, 30)
    futures = [executor.submit(jobs.hang, str(tmp_path / f"trace-{n}")) for n in range(4)]
    assert wait_for(lambda: (tmp_path / "trace-0").exists())
    begun = time.monotonic()
    executor.shutdown(wait=False, cancel_futures=True)
    assert time.monotonic() - begun < 3
    for future in futures:
        with pytest.raises(CancelledError):
            future.result(0)
