"""`qms preview`: what it writes where, what it says, and when it is not content."""

import pytest

from tests.conftest import tree
from tests.outer import Repo, listing

RARE = "\U0010fffd"


def test_one_document_in_all_its_languages(small: Repo) -> None:
    answer = small.qms("preview", "CSC-QP-01")
    folder = small.root / "build" / "preview"
    names = ["CSC-QP-01.en.pdf", "CSC-QP-01.zh-CN.pdf"]
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [str(folder / name) for name in names]
    assert set(tree(folder)) == {".qms-output", *names}


def test_html_is_one_file_a_document_that_needs_no_other(small: Repo) -> None:
    answer = small.ask("preview", "CSC-QM-01", "--html", "--output", str(small.home / "out"))
    assert answer.code == 0
    assert set(tree(small.home / "out")) == {".qms-output", "CSC-QM-01.en.html"}
    page = (small.home / "out" / "CSC-QM-01.en.html").read_text("utf-8")
    assert "assets.invalid" not in page
    assert 'src="data:image/svg+xml;base64,' in page
    assert "DRAFT" in page


def test_html_of_all_is_every_document(small: Repo) -> None:
    answer = small.ask("preview", "--html", "--output", str(small.home / "out"))
    assert answer.code == 0
    assert len([name for name in tree(small.home / "out") if name.endswith(".html")]) == 5


def test_previews_add_up_in_one_folder(small: Repo) -> None:
    for name in ("CSC-RS-01", "CSC-RS-02", "CSC-RS-01"):
        assert small.ask("preview", name, "--html", "--output", str(small.home / "out")).code == 0
    assert len(tree(small.home / "out")) == 3


def test_what_cannot_be_printed_as_written_is_a_finding_of_the_right_file(small: Repo) -> None:
    small.replace("procedures/CSC-QP-01.zh-CN.md", "每件投诉都有答复", f"每件投诉{RARE}都有答复")
    small.write("manual/process.svg", "<svg")
    answer = small.qms("preview", "--output", "../out", "--json")
    assert (answer.code, answer.err) == (1, "")
    assert {(code, path) for code, path, _ in answer.findings} == {
        ("QMS802", "procedures/CSC-QP-01.zh-CN.md"),
        ("QMS803", "manual/CSC-QM-01.md"),
    }
    assert len(answer.json["files"]) == 5  # printed all the same
    assert len(list((small.root.parent / "out").glob("*.pdf"))) == 5
    alone = small.qms("preview", "CSC-QP-01", "--output", "../out")
    assert alone.code == 1
    assert "U+10FFFD" in alone.out
    assert "CSC-QM-01.md" not in alone.out


def test_findings_of_the_check_are_told_and_the_pages_printed(small: Repo) -> None:
    small.replace("procedures/CSC-QP-01.md", "roles/CSC-RS-02.md", "roles/CSC-RS-77.md")
    answer = small.qms("preview", "CSC-QP-01", "--output", "../out")
    assert (answer.code, answer.err) == (1, "")
    assert "error QMS502" in answer.out
    assert (small.root.parent / "out" / "CSC-QP-01.en.pdf").exists()
    assert small.ask("preview", "CSC-RS-01", "--html", "--output", "../out").code == 0


@pytest.mark.parametrize("arguments", [(), ("CSC-QP-01",)], ids=["all", "one"])
def test_a_file_that_cannot_be_read_is_never_passed_over(
    small: Repo, arguments: tuple[str, ...]
) -> None:
    """The translation is broken: its page is missing, and that must be said."""
    small.replace("procedures/CSC-QP-01.zh-CN.md", "revision: 2\ntrans", "revision: two\ntrans")
    answer = small.ask("preview", *arguments, "--html", "--output", "../out", "--json")
    assert answer.code == 1
    assert [(code, path) for code, path, _ in answer.findings] == [
        ("QMS104", "procedures/CSC-QP-01.zh-CN.md")
    ]
    assert not [name for name in answer.json["files"] if "zh-CN" in name]


def test_two_files_of_one_identification_do_not_pass(small: Repo) -> None:
    text = (small.root / "procedures" / "CSC-QP-01.md").read_text("utf-8")
    small.write("procedures/CSC-QP-02.md", text)
    answer = small.qms("preview", "--output", "../out", "--json")
    assert answer.code == 1
    assert ("QMS105", "procedures/CSC-QP-02.md") in {found[:2] for found in answer.findings}


@pytest.mark.parametrize("flags", [(), ("--html",), ("CSC-QP-01",), ("CSC-QP-01", "--html")])
def test_a_folder_of_somebody_else_is_refused(small: Repo, flags: tuple[str, ...]) -> None:
    theirs = small.home / "thesis"
    theirs.mkdir()
    (theirs / "chapter-1.doc").write_text("mine")
    answer = small.qms("preview", *flags, "--output", str(theirs))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"qms: {theirs} exists and was not made by qms")
    assert set(tree(theirs)) == {"chapter-1.doc"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("CSC-QP-99",),
        ("CSC-QP-01", "CSC-QP-99"),
        ("--workers", "0"),
        ("--timeout", "0"),
        ("--timeout", "nan"),
        ("--output", "README"),
    ],
)
def test_what_cannot_be_printed_is_2_and_writes_nothing(
    small: Repo, arguments: tuple[str, ...]
) -> None:
    small.write("README", "a file")
    before = listing(small.root)
    answer = small.qms("preview", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert listing(small.root) == before


def test_a_preview_does_not_change_what_git_sees(small: Repo) -> None:
    small.write(".gitignore", "/build/\n")
    small.commit()
    assert small.ask("preview", "--html").code == 0
    assert small.git("status", "--short") == ""
    assert small.ask("check").code == 0
