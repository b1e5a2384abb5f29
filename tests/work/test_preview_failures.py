"""A document that cannot be printed stops no other; what is broken off leaves all as it was."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from qms_docs.rules import rendering
from qms_docs.text import messages
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Place
from qms_docs.words.printing import Printed
from qms_docs.work import preview
from tests.conftest import BASE, load, tree
from tests.edges.printing import SLOW, svg
from tests.outer import Answer, Repo, environment, heed_interrupts, listing, processes, wait_for


@pytest.fixture
def endless(small: Repo) -> Repo:
    """Return the small manual with a document that takes minutes, and a preview from before."""
    assert small.qms("preview", "--html", "--output", "../out").code == 0
    small.write("manual/process.svg", svg(SLOW))
    image = "![A request comes in, an answer goes out](process.svg)"
    small.replace("manual/CSC-QM-01.md", image, " ".join([image] * 90))
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


def test_a_document_that_takes_too_long_is_a_finding_and_the_others_are_printed(
    endless: Repo,
) -> None:
    answer = endless.qms("preview", "--output", "../out", "--timeout", "12")
    assert (answer.code, answer.err) == (1, "")
    assert "manual/CSC-QM-01.md" in answer.out
    assert "QMS806" in answer.out
    assert "it took longer than the time limit" in answer.out
    assert "--timeout" in answer.out
    made = {path.name for path in (endless.root.parent / "out").iterdir()}
    printed = {name for name in made if name.endswith(".pdf")}
    others = {"CSC-QP-01.en.pdf", "CSC-QP-01.zh-CN.pdf", "CSC-RS-01.en.pdf", "CSC-RS-02.en.pdf"}
    assert printed == others
    index = (endless.root.parent / "out" / "index.html").read_text("utf-8")
    assert "Quality manual" in index
    assert "CSC-QM-01.en.pdf" not in index
    manifest = (endless.root.parent / "out" / "manifest.json").read_text("utf-8")
    assert "CSC-QM-01" not in manifest
    assert beside(endless) == {"repo", "home", "out"}


def test_a_document_alone_that_takes_too_long_leaves_no_file(endless: Repo) -> None:
    answer = endless.qms("preview", "CSC-QM-01", "--output", "../first", "--timeout", "4")
    assert answer.code == 1
    assert "QMS806" in answer.out
    assert [path.name for path in (endless.root.parent / "first").iterdir()] == [".qms-output"]


def test_documents_that_can_be_printed_still_can(endless: Repo) -> None:
    answer = endless.qms("preview", "CSC-RS-01", "--output", "../other")
    assert answer.code == 0
    assert (endless.root.parent / "other" / "CSC-RS-01.en.pdf").exists()


def test_an_engine_that_cannot_start_stops_the_preview() -> None:
    """Nothing would be printed at all: that is no news of a document."""
    future: Future[Printed] = Future()
    future.set_exception(QmsError("no-pdf-engine", detail="no library"))
    document = load(tree(BASE)).documents[0]
    with pytest.raises(QmsError) as raised:
        preview.outcome(future, document)
    assert raised.value.key == "no-pdf-engine"


@pytest.mark.parametrize("key", ["timeout", "crashed", "failed"])
def test_why_a_document_was_not_printed_is_said(key: str) -> None:
    future: Future[Printed] = Future()
    future.set_exception(QmsError(f"render-{key}", name="x.md", seconds="4", detail="a cause"))
    document = load(tree(BASE)).documents[0]
    (finding,) = rendering.unprinted(preview.outcome(future, document))
    assert (finding.code, finding.place) == ("QMS806", Place(document.path))
    assert finding.values["reason"] == key
    said = [messages.of_finding(finding, language)[0] for language in messages.LANGUAGES]
    assert len(set(said)) == 2
    assert all(key not in sentence for sentence in said)


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
