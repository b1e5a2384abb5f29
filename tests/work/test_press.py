"""The press: the newest text is printed, an older one under way is ended, nothing is left."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from qms_docs.words.errors import QmsError
from qms_docs.words.printing import Printed, PrintJob
from qms_docs.work import press as module
from qms_docs.work.press import Press
from qms_docs.work.preview import Limits
from tests.outer import processes, wait_for
from tests.work import presses


@pytest.fixture
def mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Mark the processes that a test starts; at the end none of them may be left."""
    text = f"QMS_TEST_MARK={tmp_path}"
    monkeypatch.setenv(*text.split("=", 1))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(module, "pdf", presses)
    yield text
    assert wait_for(lambda: not [name for name in processes(text) if "tracker" not in name])
    assert not list(tmp_path.glob("qms-worker-*"))


class Told:
    """Counts how often the press has told that something is finished."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


@pytest.fixture
def told() -> Told:
    """Return what the press tells."""
    return Told()


@pytest.fixture
def press(mark: str, told: Told) -> Iterator[Press]:
    """Yield a press that prints what a job says."""
    press = Press(Limits(seconds=30), told)
    yield press
    press.close()


def job(name: str, text: str) -> PrintJob:
    return PrintJob(f"{name}.pdf", f"{name}.md", text)


def finished(press: Press, count: int) -> list[tuple[str, str]]:
    """Wait for so many documents: the text of the job and what became of it."""
    found: list[tuple[str, str]] = []

    def collect() -> bool:
        for done, outcome in press.finished():
            text = outcome.data.decode() if isinstance(outcome, Printed) else outcome.key
            found.append((done.html, text))
        return len(found) >= count

    assert wait_for(collect, 60)
    return found


def test_a_document_is_printed_and_told_of(press: Press, told: Told) -> None:
    press.print(job("a", "text"))
    assert finished(press, 1) == [("text", "printed text")]
    assert told.times == 1
    assert list(press.finished()) == []


def test_a_newer_text_ends_an_older_that_would_never_end(press: Press, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    press.print(job("a", f"hang {trace}"))
    assert wait_for(trace.exists)
    start = time.monotonic()
    press.print(job("a", "newer"))
    assert time.monotonic() - start < 5
    assert finished(press, 1) == [("newer", "printed newer")]


def test_only_the_newest_of_many_is_printed(press: Press, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    press.print(job("a", f"hang {trace}"))
    assert wait_for(trace.exists)
    for number in range(10):
        press.print(job("a", f"text {number}"))
    assert finished(press, 1) == [("text 9", "printed text 9")]
    time.sleep(0.3)
    assert list(press.finished()) == []


def test_other_documents_are_printed_all_the_same(press: Press, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    press.print(job("a", f"hang {trace}"))
    press.print(job("b", "other"))
    assert wait_for(trace.exists)
    press.print(job("a", "newer"))
    assert sorted(finished(press, 2)) == [("newer", "printed newer"), ("other", "printed other")]


def test_what_fails_is_told_and_the_next_is_printed(press: Press) -> None:
    press.print(job("a", "refuse"))
    assert finished(press, 1) == [("refuse", "render-failed")]
    press.print(job("a", "text"))
    assert finished(press, 1) == [("text", "printed text")]


def test_a_document_has_its_time(mark: str, told: Told, tmp_path: Path) -> None:
    press = Press(Limits(seconds=4), told)
    press.print(job("a", f"hang {tmp_path / 'trace'}"))
    [(_, outcome)] = finished(press, 1)
    assert outcome == "render-timeout"
    press.close()


def test_it_closes_in_the_middle_of_a_job(mark: str, told: Told, tmp_path: Path) -> None:
    press = Press(Limits(seconds=100), told)
    press.print(job("a", f"hang {tmp_path / 'trace'}"))
    assert wait_for((tmp_path / "trace").exists)
    start = time.monotonic()
    press.close()
    assert time.monotonic() - start < 10


def test_an_engine_that_cannot_start_is_told(press: Press) -> None:
    press.print(job("a", "no-engine"))
    assert finished(press, 1) == [("no-engine", QmsError("no-pdf-engine").key)]
