"""Rules 8xx against their golden cases: what the engine cannot print is found while printing."""

from dataclasses import replace
from pathlib import Path

import pytest

from qms_docs import check
from qms_docs.edges import pdf, renderers
from qms_docs.edges.workers import WorkerPool
from qms_docs.rules import rendering
from qms_docs.show import page
from qms_docs.text import messages
from qms_docs.words.findings import Report
from qms_docs.work import diagrams, preview, workspace
from tests.conftest import CASES, found, sentences
from tests.outer import own_home
from tests.rules.test_golden import expected, snapshot

__all__ = ["own_home"]

# The engine leaves the file of its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings(r"ignore:unclosed file .*\.icc:ResourceWarning")
PRINTED = sorted(CASES.glob("QMS8*"))


@pytest.fixture(autouse=True)
def _impatient(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderers, "SECONDS", 3.0)


def printed(folder: Path) -> Report:
    """Print the procedure of a case, and judge the manual with what the engine said."""
    files = snapshot(folder)
    manual = workspace.load(files)
    document = manual.find("CSC-QP-02")
    assert document is not None
    material, findings = diagrams.material([document], files)
    job = page.print_job(document, manual, material)
    if folder.parent.name.startswith("QMS806"):
        with WorkerPool(1, seconds=5) as pool:
            result = preview.outcome(pool.submit(pdf.render, job), document)
    else:
        result = pdf.render(job)
    problems = (*manual.problems, *findings, *rendering.unprinted(result))
    return check.run(replace(manual, problems=problems))


@pytest.mark.parametrize("case", PRINTED, ids=lambda case: case.name)
def test_what_cannot_be_printed_as_written_is_found(case: Path) -> None:
    report = printed(case / "bad")
    assert found(report) == expected(case)
    for language in messages.LANGUAGES:
        assert all(sentences(report, language))


@pytest.mark.parametrize("case", PRINTED, ids=lambda case: case.name)
def test_what_can_be_printed_is_left_alone(case: Path) -> None:
    assert found(printed(case / "good")) == []
