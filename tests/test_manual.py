"""This repository's own manual is in order, and every document of it prints."""

import json
from pathlib import Path

import pytest

from qms_docs.edges.git import Repository
from qms_docs.show.output import as_text
from qms_docs.show.page import file_name
from qms_docs.text import facts
from qms_docs.words.manual import Manual
from qms_docs.work import checking, workspace
from tests import pdfs
from tests.outer import PROJECT, environment, qms, shared


@pytest.fixture(scope="module")
def own() -> Manual:
    """Return the manual in the work tree of this repository."""
    return workspace.load(Repository.open(PROJECT).work_tree())


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the preview of the whole manual in `out` and what it said."""

    def make(folder: Path) -> None:
        answer = qms(
            *("preview", "--json", "--output", str(folder / "out")),
            cwd=PROJECT,
            env=environment(folder),
        )
        (folder / "answer.json").write_text(answer.out, "utf-8")

    return shared(tmp_path_factory, "own-manual", make)


def test_it_is_in_order() -> None:
    report = checking.check(Repository.open(PROJECT).work_tree())
    assert report.findings == (), as_text(report, "en")
    assert report.documents >= 20


def test_it_holds_what_readers_are_promised(own: Manual) -> None:
    promised = {
        "CSC-QM-01",
        *(f"CSC-QP-{number}" for number in ("01", "11", "12")),
        *(f"CSC-RS-{number}" for number in ("01", "02", "03", "04", "06", "10")),
    }
    for language in ("en", "zh-CN"):
        assert {text.id for text in own.documents if text.language == language} >= promised


def test_every_document_prints_and_nothing_is_lost_on_paper(own: Manual, printed: Path) -> None:
    answer = json.loads((printed / "answer.json").read_text("utf-8"))
    assert answer["findings"] == []
    names = {file_name(document) for document in own.documents}
    assert {Path(file).name for file in answer["files"]} == names
    assert {file.name for file in (printed / "out").glob("*.pdf")} == names


def test_every_page_names_its_document_and_says_that_it_is_a_draft(
    own: Manual, printed: Path
) -> None:
    for document in own.documents:
        file = printed / "out" / file_name(document)
        pages = pdfs.pages(file)
        assert pages
        for number, page in enumerate(pages, start=1):
            chinese = document.language == "zh-CN"
            of = f"第{number}页 共{len(pages)}页" if chinese else f"Page {number} of {len(pages)}"
            for fact in (document.id, document.title, "草稿" if chinese else "DRAFT", of):
                assert fact in page, (file.name, number)
        inside = pdfs.attachments(file.read_bytes())
        assert inside.keys() == {Path(document.path).name, facts.NAME}
        assert inside[Path(document.path).name] == (document.source.data, "/Source")
