"""Worker processes: what hangs is killed, what crashes is tried again, nothing stays behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, as_completed
from pathlib import Path
from types import SimpleNamespace

import pytest

from qms_docs.edges import workers
from qms_docs.edges.workers import WorkerPool
from qms_docs.words.errors import QmsError
from tests.edges import jobs
from tests.outer import PROJECT, environment, heed_interrupts, processes, wait_for

MEGABYTE = 1024 * 1024


@pytest.fixture
def mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Mark the processes that a test starts; at the end none of them may be left."""
    text = f"QMS_TEST_MARK={tmp_path}"
    monkeypatch.setenv(*text.split("=", 1))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield text
    assert wait_for(lambda: not workers_of(text)), workers_of(text)
    assert not list(tmp_path.glob("qms-worker-*"))


def workers_of(mark: str) -> list[str]:
    # The tracker of multiprocessing lives as long as the process of the tests.
    return [command for command in processes(mark) if "resource_tracker" not in command]


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    """Return a pool of two, for the tests that do it no harm."""
    with WorkerPool(2, seconds=30, memory=400 * MEGABYTE) as pool:
        yield pool


def error_of(pool: WorkerPool, *job: object) -> QmsError:
    with pytest.raises(QmsError) as raised:
        pool.submit(*job).result(timeout=60)  # type: ignore[arg-type]
    return raised.value


def test_a_job_gives_its_result(pool: WorkerPool) -> None:
    assert isinstance(pool, Executor)
    assert pool.submit(jobs.add, 1, second=2).result() == 3


def test_a_process_makes_room_for_a_new_one(mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_JOBS", 3)
    with WorkerPool(1, seconds=30) as pool:
        ids = list(pool.map(jobs.process_id, range(7)))
        assert [ids.count(each) for each in dict.fromkeys(ids)] == [3, 3, 1]
        assert len(workers_of(mark)) == 1


def test_jobs_run_in_other_processes_which_are_used_again(pool: WorkerPool) -> None:
    ids = set(pool.map(jobs.process_id, range(20)))
    assert os.getpid() not in ids
    assert len(ids) <= 2


def test_many_jobs_come_back_each_with_its_own_result(pool: WorkerPool) -> None:
    futures = [pool.submit(jobs.add, number, 1000) for number in range(200)]
    assert [future.result() for future in futures] == list(range(1000, 1200))
    assert {future.result() for future in as_completed(futures)} == set(range(1000, 1200))


def test_the_order_is_that_of_the_jobs_not_of_their_ends(pool: WorkerPool) -> None:
    waits = (0.3, 0.0, 0.1, 0.0)
    futures = [pool.submit(jobs.slow_add, n, 0, wait) for n, wait in enumerate(waits)]
    assert [future.result() for future in futures] == [0, 1, 2, 3]


def test_a_large_answer_comes_whole(pool: WorkerPool) -> None:
    assert len(pool.submit(jobs.answer_of, 20 * MEGABYTE).result()) == 20 * MEGABYTE


def test_an_error_of_ours_comes_as_it_is(pool: WorkerPool) -> None:
    error = error_of(pool, jobs.refuse, "CSC-QP-99")
    assert (error.key, error.values) == ("no-document", {"id": "CSC-QP-99"})


def test_any_other_error_names_itself_and_the_document(pool: WorkerPool) -> None:
    error = error_of(pool, jobs.fail, "no good")
    assert error.key == "render-failed"
    assert error.values["detail"] == "ZeroDivisionError: no good"
    job = SimpleNamespace(path="procedures/CSC-QP-12.md")
    assert error_of(pool, jobs.fail, job).values["name"] == job.path


def test_a_job_that_takes_too_much_memory_fails_alone(pool: WorkerPool) -> None:
    error = error_of(pool, jobs.allocate, 1024 * MEGABYTE)
    assert (error.key, error.values["detail"]) == ("render-failed", "MemoryError: ")
    assert pool.submit(jobs.allocate, MEGABYTE).result() == MEGABYTE


def test_a_hanging_job_is_killed_in_time_and_the_next_one_runs(mark: str, tmp_path: Path) -> None:
    with WorkerPool(1, seconds=1) as pool:
        begun = time.monotonic()
        hanging = pool.submit(jobs.hang, str(tmp_path / "trace"))
        after = pool.submit(jobs.add, 1, 2)
        with pytest.raises(QmsError) as raised:
            hanging.result()
        assert 1 <= time.monotonic() - begun < 5
        assert (raised.value.key, raised.value.values["seconds"]) == ("render-timeout", "1")
        assert after.result() == 3
        assert len(workers_of(mark)) == 1


@pytest.mark.parametrize(("how", "code"), [("exit", "exit code 3"), ("kill", "exit code -9")])
def test_a_crash_is_tried_once_more_then_told(
    mark: str, tmp_path: Path, how: str, code: str
) -> None:
    with WorkerPool(1, seconds=30) as pool:
        trace = tmp_path / "once"
        assert pool.submit(jobs.crash, str(trace), how, 1).result() == "alive"
        assert trace.read_text() == "xx"
        trace = tmp_path / "always"
        error = error_of(pool, jobs.crash, str(trace), how, 99)
        assert (error.key, error.values["detail"]) == ("render-crashed", code)
        assert trace.read_text() == "xx"
        assert pool.submit(jobs.add, 1, 2).result() == 3


def test_an_answer_that_cannot_be_sent_is_an_error(pool: WorkerPool) -> None:
    assert error_of(pool, jobs.unsendable).key in ("render-failed", "render-crashed")
    assert pool.submit(jobs.add, 1, 2).result() == 3


def test_what_a_worker_leaves_in_the_temporary_folder_goes_with_it(mark: str) -> None:
    with WorkerPool(1, seconds=30) as pool:
        folder = Path(pool.submit(jobs.temporary_folder).result())
        assert folder.name.startswith("qms-worker-")
        assert len(list(folder.iterdir())) == 1
    assert not folder.exists()


def test_a_pool_that_is_forgotten_leaves_nothing_behind(mark: str) -> None:
    pool = WorkerPool(1, seconds=30)
    folder = Path(pool.submit(jobs.temporary_folder).result())
    del pool
    assert wait_for(lambda: not folder.exists())
    assert not workers_of(mark)


@pytest.mark.usefixtures("mark")
def test_an_orderly_end_waits_for_what_is_under_way() -> None:
    with WorkerPool(2, seconds=30) as pool:
        future = pool.submit(jobs.slow_add, 1, 2, 0.3)
    assert future.result() == 3


@pytest.mark.parametrize("pause", [0, 0.01, 0.03, 0.1, 0.3])
def test_a_sudden_end_stops_everything_at_once(mark: str, tmp_path: Path, pause: float) -> None:
    pool = WorkerPool(2, seconds=100)
    futures = [pool.submit(jobs.hang, str(tmp_path / f"trace-{n}")) for n in range(4)]
    time.sleep(pause)  # also while the processes are just being started
    begun = time.monotonic()
    pool.shutdown(wait=False, cancel_futures=True)
    assert time.monotonic() - begun < 5
    assert not workers_of(mark)
    for future in futures:
        with pytest.raises(CancelledError):
            future.result(timeout=5)


def test_interrupts_are_for_the_program_not_for_its_workers(tmp_path: Path) -> None:
    """In a new process, because the first worker of a process is a case of its own."""
    script = (
        "from qms_docs.edges.workers import WorkerPool; from tests.edges import jobs\n"
        "with WorkerPool(1, seconds=30) as pool: print(pool.submit(jobs.is_deaf_to_interrupts)"
        ".result(), jobs.is_deaf_to_interrupts())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=PROJECT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "True False\n"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.usefixtures("mark")
def test_no_worker_outlives_the_program(tmp_path: Path, how: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.edges.jobs", str(tmp_path / "trace")],
        cwd=PROJECT,
        env=environment(tmp_path, QMS_TEST_MARK=str(tmp_path), TMPDIR=str(tmp_path)),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    ) as program:
        assert wait_for(lambda: len(list(tmp_path.glob("trace-*"))) == 2)
        # Ctrl-C in a terminal reaches the workers too.
        (os.killpg if how == signal.SIGINT else os.kill)(program.pid, how)
        _, errors = program.communicate(timeout=20)
    assert program.returncode == -how
    assert "Process-" not in errors  # a worker has nothing to say about it
