"""`qms preview --watch` from its start to Ctrl-C."""

import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from qms_docs.work import watch
from tests.outer import Repo, listing, wait_for
from tests.watching import Program, program

FIRST = "Every complaint gets an answer."


@pytest.fixture
def running(small: Repo, tmp_path: Path) -> Iterator[Program]:
    """Yield a preview whose first PDF is there."""
    with program(small, tmp_path / "temporary", "CSC-QP-01") as running:
        assert FIRST in running.get(".html").decode()
        assert wait_for(lambda: b'data-pdf=""' not in running.get(), 60)
        yield running


def test_page_and_pdf_follow_a_save(running: Program, small: Repo) -> None:
    before = running.get(".pdf")
    assert before.startswith(b"%PDF")
    small.replace("procedures/CSC-QP-01.md", FIRST, "Every complaint gets two answers.")
    assert wait_for(lambda: b"gets two answers" in running.get(".html"))
    assert wait_for(lambda: running.get(".pdf") != before, 60)
    assert wait_for(lambda: b"The PDF is being made" not in running.get())


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_without_a_trace(
    running: Program, small: Repo, tmp_path: Path, how: signal.Signals
) -> None:
    before = listing(small.root)
    small.replace("procedures/CSC-QP-01.md", FIRST, "In the middle of printing this.")
    assert wait_for(lambda: b"In the middle" in running.get(".html"))
    code, out, errors = running.end(how)
    assert (code, out, errors) == (0 if how == signal.SIGINT else 143, "", "")
    assert wait_for(lambda: not running.processes())
    assert list((tmp_path / "temporary").iterdir()) == []
    assert listing(small.root).keys() == before.keys()
    address = urlsplit(running.addresses[0])
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((address.hostname, address.port), 5)


def test_when_nobody_writes_it_sleeps(running: Program) -> None:
    time.sleep(2)  # until the second worker is ready too
    before, start = running.cpu(), time.monotonic()
    time.sleep(5)
    used = running.cpu() - before
    assert used < 0.01 * (time.monotonic() - start)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Ctrl-C ends it."), ("zh-CN", "按Ctrl-C结束。")]
)
def test_it_says_where_it_is_and_how_to_end_it(
    small: Repo, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    def run(*arguments: Any) -> None:
        arguments[-1](["http://127.0.0.1:1/x"])
        raise KeyboardInterrupt

    monkeypatch.setattr(watch, "run", run)
    answer = small.ask("preview", "--watch", "--lang", language)
    assert (answer.code, answer.err) == (0, "")
    first, last = answer.out.splitlines()
    assert first.endswith("http://127.0.0.1:1/x")
    assert last.endswith(said)


def test_without_a_document_it_shows_the_list(small: Repo, tmp_path: Path) -> None:
    with program(small, tmp_path / "temporary", LANG="zh_CN.UTF-8") as running:
        assert running.addresses[0].endswith("/")
        assert '<html lang="zh-CN">' in running.get().decode()


@pytest.mark.parametrize("other", [["--html"], ["--output", "../out"]])
def test_it_writes_no_files(small: Repo, other: list[str]) -> None:
    answer = small.qms("preview", "--watch", *other)
    assert answer.code == 2
    assert "--watch" in answer.err


@pytest.mark.parametrize("arguments", [["CSC-QP-77"], ["--root", "/"]])
def test_what_cannot_be_shown_is_said_at_once(small: Repo, arguments: list[str]) -> None:
    answer = small.qms("preview", "--watch", *arguments)
    assert (answer.code, answer.out) == (2, "")


def test_a_manual_that_cannot_be_read_is_said_at_once(small: Repo) -> None:
    small.write("manual/policy.yaml", "nonsense: [")
    answer = small.qms("preview", "--watch")
    assert answer.code == 2
    assert "manual/policy.yaml" in answer.err
