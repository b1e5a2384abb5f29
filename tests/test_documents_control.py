"""Acceptance: whatever a document relies on cannot go missing unnoticed.

In a copy of this repository's own manual one thing is taken away: references must fail at the
lines that rely on it and at no others. What else follows is that steps, duties, clauses and the
like no longer fit together. The lines are found by reading the texts with a plain search, not with
the checker's own reader.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.outer import PROJECT, Repo, repository

MANUAL = ("manual", "procedures")
Line = tuple[str, int]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Return a repository with a copy of the manual."""
    repo = repository(tmp_path_factory.mktemp("copy"))
    for folder in MANUAL:
        shutil.copytree(PROJECT / folder, repo.root / folder)
    repo.commit()
    return repo


@pytest.fixture
def copy(made: Repo) -> Repo:
    """Return the copy of the manual, whole and in order again after the test before."""
    made.git("checkout", "--quiet", "HEAD", "--", *MANUAL)
    return made


def texts(repo: Repo) -> Iterator[tuple[str, int, str]]:
    """Yield path, number and text of every line of the documents and registers that are there."""
    for folder in MANUAL:
        for file in sorted((repo.root / folder).rglob("*")):
            if file.suffix in (".md", ".yaml"):
                path = file.relative_to(repo.root).as_posix()
                for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
                    yield path, number, line


def lines_with(repo: Repo, pattern: str) -> set[Line]:
    """Return the lines that hold a pattern, but not as literal text."""
    return {
        (path, number)
        for path, number, line in texts(repo)
        if re.search(pattern, re.sub(r"`[^`]*`", "", line))
    }


def naming(repo: Repo, identification: str) -> set[Line]:
    """Return the lines that rely on a document, a role, a form: in data files owner and source."""
    named = rf"{identification}(?![0-9-]*[0-9])"
    documents = {line for line in lines_with(repo, named) if line[0].endswith(".md")}
    owned = set(lines_with(repo, rf"^(    (owner|source)|external): {named}"))
    return documents | owned


def assert_noticed(repo: Repo, code: str, expected: set[Line]) -> None:
    """Assert that a check fails at these lines, and references nowhere else; orphans may follow."""
    answer = repo.ask("check", "--json")
    found = [each for each in answer.findings if each[0] != "QMS508"]
    references = [each for each in found if is_reference(each[0])]
    assert answer.code == 1
    assert expected
    assert expected <= {(path, line) for _, path, line in found}
    assert {(path, line) for _, path, line in references} <= expected
    assert code in {name for name, _, _ in references}


def is_reference(code: str) -> bool:
    """Tell whether a finding is about a reference: what no longer fits together is 6xx and 7xx."""
    return code[3] not in "67"


def test_a_parameter(copy: Repo) -> None:
    file = "manual/parameters.yaml"
    copy.replace(file, "  compensation-officer:", "  compensation-other:")
    quoted = lines_with(copy, r"\{\{compensation-officer\}\}")
    assert_noticed(copy, "QMS509", quoted)
    put_back(copy)
    answer = copy.ask("check")
    assert answer.code == 0, answer.out


def put_back(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "HEAD", "--", *MANUAL)


def all_languages(repo: Repo, identification: str) -> list[Path]:
    files = [
        file
        for folder in MANUAL
        for file in (repo.root / folder).rglob(f"{identification}.*")
        if file.suffix == ".md"
    ]
    assert files
    return files


@pytest.mark.parametrize("role", ["CSC-RS-01", "CSC-RS-03", "CSC-RS-06", "CSC-RS-10"])
def test_a_role_sheet(copy: Repo, role: str) -> None:
    for file in all_languages(copy, role):
        file.unlink()
    assert_noticed(copy, "QMS506", naming(copy, role))


@pytest.mark.parametrize("document", ["CSC-QP-01", "CSC-QP-11", "CSC-QP-12"])
def test_a_document_that_others_refer_to(copy: Repo, document: str) -> None:
    for file in all_languages(copy, document):
        file.unlink()
    assert_noticed(copy, "QMS502", naming(copy, document))


@pytest.mark.parametrize("entry", ["CSC-FM-12-01", "CSC-FM-01-02", "CSC-EX-01"])
def test_an_entry_of_a_register(copy: Repo, entry: str) -> None:
    path = "manual/forms.yaml" if "-FM-" in entry else "manual/external.yaml"
    text = (copy.root / path).read_text("utf-8")
    start = text.index(f"  - id: {entry}\n")
    rest = re.search(r"^  (- id:|#)", text[start + 1 :], re.MULTILINE)
    end = start + 1 + rest.start() if rest else len(text)
    copy.write(path, text[:start] + text[end:])
    assert_noticed(copy, "QMS505", naming(copy, entry))


def missing_anchors(repo: Repo) -> set[Line]:
    answer = repo.ask("check", "--json")
    assert answer.code == 1
    return {(path, line) for code, path, line in answer.findings if code == "QMS503"}


def test_every_anchor_that_is_linked(copy: Repo) -> None:
    """Headings that links name: one of some files alone, then all of them."""
    links = linked_anchors(copy)
    assert len(links) >= 5
    for path, anchor in sorted(dict(sorted(links)).items())[::5]:
        take_heading(copy, path, anchor)
        assert missing_anchors(copy) == links[path, anchor], (path, anchor)
        put_back(copy)
    for path, anchor in links:
        take_heading(copy, path, anchor)
    assert missing_anchors(copy) == set().union(*links.values())


def linked_anchors(repo: Repo) -> dict[tuple[str, str], set[Line]]:
    """Return for each file and anchor that a link names the lines of the links."""
    links: dict[tuple[str, str], set[Line]] = {}
    for path, number, line in texts(repo):
        for target, anchor in re.findall(r"\]\(([^()#\s]*)#([^()\s]+)\)", line):
            file = (repo.root / path).parent / target if target else repo.root / path
            there = file.resolve().relative_to(repo.root).as_posix()
            links.setdefault((there, anchor), set()).add((path, number))
    return links


def take_heading(repo: Repo, path: str, anchor: str) -> None:
    """Empty the line of a heading, so that all other lines keep their numbers."""
    lines = (repo.root / path).read_text("utf-8").split("\n")
    numbers = [n for n, line in enumerate(lines) if re.match("#+ ", line) and slug(line) == anchor]
    assert len(numbers) == 1, (path, anchor)
    lines[numbers[0]] = ""
    repo.write(path, "\n".join(lines))


def slug(heading: str) -> str:
    words = re.sub(r"[^\w\- ]", "", heading.lstrip("#").strip().lower())
    return words.replace(" ", "-")


def test_every_image(copy: Repo) -> None:
    images = [file for folder in MANUAL for file in (copy.root / folder).rglob("*.svg")]
    assert images
    for image in images:
        expected = lines_with(copy, rf"!\[.*\]\(.*{re.escape(image.name)}\)")
        image.unlink()
        assert_noticed(copy, "QMS504", expected)
        put_back(copy)


def test_the_sheet_of_a_role_in_one_language_only(copy: Repo) -> None:
    """The master is gone, its translation stays: that is noticed where the translation says so."""
    (copy.root / "manual" / "roles" / "CSC-RS-10.md").unlink()
    answer = copy.ask("check", "--json")
    path = "manual/roles/CSC-RS-10.zh-CN.md"
    line = copy.line(path, "translation_of:")
    assert ("QMS108", path, line) in answer.findings
    assert answer.code == 1
