"""When printing fails or is broken off, the output is as it was and no process is left."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.edges.printing import ENDLESS, svg
from tests.outer import Answer, Repo, environment, heed_interrupts, listing, processes, wait_for


@pytest.fixture
def endless(small: Repo) -> Repo:
    """Return the small manual with a drawing that takes for ever, and a preview from before."""
    assert small.qms("preview", "--html", "--output", "../out").code == 0
    small.write("manual/process.svg", svg(ENDLESS))
    return small


@pytest.fixture
def running(endless: Repo, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Yield a preview that has begun to print and will not end by itself."""
    mark = {"QMS_TEST_MARK": str(tmp_path), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", "qms_docs", "preview", "--output", "../out"],
        cwd=endless.root,
        env=environment(endless.home, **mark),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    ) as program:
        # The fonts are copied when a worker sets the engine up, just before the first page.
        assert wait_for(lambda: bool(list(tmp_path.glob("qms-worker-*/*"))))
        yield program
        assert wait_for(lambda: not processes(f"QMS_TEST_MARK={tmp_path}"))
        assert not list(tmp_path.glob("qms-worker-*"))


def beside(repo: Repo) -> set[str]:
    return {path.name for path in repo.root.parent.iterdir()}


def test_a_document_that_takes_too_long_stops_the_preview(endless: Repo) -> None:
    before = listing(endless.root.parent / "out")
    answer = endless.qms("preview", "--output", "../out", "--timeout", "4")
    assert (answer.code, answer.out) == (2, "")
    assert ".md was not printed within 4 seconds" in answer.err
    assert "--timeout" in answer.err
    assert listing(endless.root.parent / "out") == before
    assert beside(endless) == {"repo", "home", "out"}


def test_a_first_preview_that_fails_leaves_nothing(endless: Repo) -> None:
    answer = endless.qms("preview", "--output", "../first/out", "--timeout", "3")
    assert answer.code == 2
    assert not (endless.root.parent / "first" / "out").exists()
    assert beside(endless) - {"first"} == {"repo", "home", "out"}


def test_documents_that_can_be_printed_still_can(endless: Repo) -> None:
    answer = endless.qms("preview", "CSC-RS-01", "--output", "../other")
    assert answer.code == 0
    assert (endless.root.parent / "other" / "CSC-RS-01.en.pdf").exists()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_breaking_off_leaves_all_as_it_was(
    endless: Repo, running: "subprocess.Popen[str]", how: signal.Signals
) -> None:
    before = listing(endless.root.parent / "out")
    # Ctrl-C in a terminal reaches the workers too.
    (os.killpg if how == signal.SIGINT else os.kill)(running.pid, how)
    out, errors = running.communicate(timeout=20)
    answer = Answer(running.returncode, out, errors)
    assert answer.code == 128 + how
    assert "Traceback" not in answer.err
    assert "Process-" not in answer.err
    assert listing(endless.root.parent / "out") == before
    assert beside(endless) == {"repo", "home", "out"}


def test_sudden_death_leaves_the_output_and_no_process(
    endless: Repo, running: "subprocess.Popen[str]"
) -> None:
    before = listing(endless.root.parent / "out")
    running.kill()
    running.communicate(timeout=20)
    assert listing(endless.root.parent / "out") == before
    endless.git("checkout", "--quiet", "manual")
    assert endless.qms("preview", "--output", "../out").code == 0  # and it can go on from there
    assert (endless.root.parent / "out" / "manifest.json").exists()
