"""This repository's own manual is in order, and its documents print: here one of each type.

The set-up prints all of them as drafts, and fails if anything of one is lost.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from qms_docs.edges.git import Repository
from qms_docs.show.output import as_text
from qms_docs.show.page import file_name
from qms_docs.text import facts
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.work import checking, workspace
from tests import pdfs
from tests.outer import PROJECT, environment, qms, shared

SAMPLE = ("CSC-FM-15-01", "CSC-QM-01", "CSC-QP-12", "CSC-RS-06", "CSC-WI-10-06")


@pytest.fixture(scope="module")
def own() -> Manual:
    """Return the manual in the work tree of this repository."""
    return workspace.load(Repository.open(PROJECT).work_tree())


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the preview of the sample in `out` and what it said."""

    def make(folder: Path) -> None:
        answer = qms(
            *("preview", *SAMPLE, "--json", "--output", str(folder / "out")),
            cwd=PROJECT,
            env=environment(folder),
        )
        (folder / "answer.json").write_text(answer.out, "utf-8")

    return shared(tmp_path_factory, "own-manual", make)


def test_it_is_in_order() -> None:
    report = checking.check(Repository.open(PROJECT).work_tree())
    assert report.findings == (), as_text(report, "en")
    assert report.documents >= 150


def test_it_holds_what_readers_are_promised(own: Manual) -> None:
    """One manual, 18 procedures, 19 instructions, 14 roles: all in both languages."""
    for language in ("en", "zh-CN"):
        kinds = Counter(text.control.type for text in own.documents if text.language == language)
        assert (kinds["manual"], kinds["procedure"]) == (1, 18)
        assert (kinds["instruction"], kinds["role"]) == (19, 14)
        assert kinds["form"] >= 25


def sample(own: Manual) -> list[Document]:
    return [document for document in own.documents if document.id in SAMPLE]


def test_one_of_each_type_prints_and_nothing_is_lost_on_paper(own: Manual, printed: Path) -> None:
    answer = json.loads((printed / "answer.json").read_text("utf-8"))
    assert answer["findings"] == []
    names = {file_name(document) for document in sample(own)}
    assert {Path(file).name for file in answer["files"]} == names
    assert {file.name for file in (printed / "out").glob("*.pdf")} == names


def test_every_page_names_its_document_and_says_that_it_is_a_draft(
    own: Manual, printed: Path
) -> None:
    for document in sample(own):
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
