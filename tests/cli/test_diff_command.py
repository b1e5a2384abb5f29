"""`qms diff`: what changed between two states, in each language, as a page to look at."""

import re
import subprocess
from pathlib import Path

import pytest

from qms_docs.words.errors import QmsError
from tests.outer import Repo

PROCEDURE = "procedures/CSC-QP-01.md"


def page(small: Repo, *arguments: str) -> str:
    """Return the HTML of the comparison of CSC-QP-01 in English."""
    folder = small.home / "diff"
    answer = small.ask("diff", "CSC-QP-01", *arguments, "--html", "--output", str(folder))
    assert (answer.code, answer.err) == (0, "")
    return (folder / "CSC-QP-01.en.redline.html").read_text("utf-8")


def changed(small: Repo) -> None:
    """Change a fact and a sentence in the work tree."""
    small.replace(PROCEDURE, "review_months: 12", "review_months: 24")
    text = (small.root / PROCEDURE).read_text("utf-8")
    small.write(PROCEDURE, text + "\nThe file is kept for 36 months.\n")


def test_the_work_tree_is_compared_with_the_last_commit(small: Repo) -> None:
    changed(small)
    html = page(small)
    assert "<ins>The file is kept for 36 months.</ins>" in html
    assert "<del>12 months</del>" in html
    assert "<ins>24 months</ins>" in html
    assert "Inserted: 1. Deleted: 0. Changed: 0. Moved: 0." in html


def test_two_commits_are_compared(small: Repo) -> None:
    changed(small)
    small.commit()
    assert "<ins>" not in page(small).split("<main>")[1]
    back = page(small, "HEAD..HEAD~1").split("<main>")[1]
    assert "<del>The file is kept for 36 months.</del>" in back


def test_a_new_document_is_all_inserted(small: Repo) -> None:
    small.ask("new", "procedure", "--title", "Call-backs")
    folder = small.home / "new"
    answer = small.ask("diff", "CSC-QP-02", "--html", "--output", str(folder), "--json")
    assert answer.json[0]["changes"]["deleted"] == 0
    assert answer.json[0]["changes"]["inserted"] > 0
    assert {fact["old"] for fact in answer.json[0]["facts"]} == {""}


def test_every_language_has_its_page_and_its_words(small: Repo) -> None:
    answer = small.ask("diff", "CSC-QP-01", "--html", "--lang", "zh-CN", "--output", "../out")
    names = [Path(line).name for line in answer.out.splitlines() if not line.startswith(" ")]
    assert names == ["CSC-QP-01.en.redline.html", "CSC-QP-01.zh-CN.redline.html"]
    assert "更改对照" in (small.root / "../out" / names[1]).read_text("utf-8")


def test_the_pdf_marks_what_came_and_went(small: Repo) -> None:
    changed(small)
    answer = small.qms("diff", "CSC-QP-01", "--output", "../pdf")
    assert (answer.code, answer.err) == (0, "")
    file = small.root / "../pdf/CSC-QP-01.en.redline.pdf"
    text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True)
    assert re.search(r"kept for 36\s+months", text.stdout)
    assert "Comparison of two states of a text; not a controlled document" in text.stdout


@pytest.mark.parametrize(
    ("arguments", "key"),
    [(("CSC-QP-99",), "no-document"), (("CSC-QP-01", "nowhere.."), "no-commit")],
)
def test_what_is_not_there_is_named(small: Repo, arguments: tuple[str, ...], key: str) -> None:
    with pytest.raises(QmsError) as caught:
        small.ask("diff", *arguments)
    assert caught.value.key == key
