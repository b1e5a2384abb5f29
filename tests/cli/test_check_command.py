"""`qms check` as a process: exit codes, streams, what is judged and how it is told."""

from pathlib import Path

import pytest

from tests.outer import Repo, listing, repository

LINK = "[Quality Manager](../manual/roles/CSC-RS-02.md)"
GONE = "[Quality Manager](../manual/roles/CSC-RS-77.md)"


@pytest.fixture
def faulty(small: Repo) -> Repo:
    """Return the small manual with a dead link that is neither staged nor committed."""
    small.replace("procedures/CSC-QP-01.md", LINK, GONE)
    return small


def test_what_is_in_order_is_0(small: Repo) -> None:
    answer = small.qms("check")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith("Everything is in order.\n")


def test_findings_are_1_with_place_sentence_and_hint(faulty: Repo) -> None:
    answer = faulty.qms("check")
    assert (answer.code, answer.err) == (1, "")
    line = faulty.line("procedures/CSC-QP-01.md", "CSC-RS-77")
    lines = answer.out.splitlines()
    assert lines[0].startswith(f"procedures/CSC-QP-01.md:{line}:25: error QMS502: The link")
    assert lines[1].startswith("    hint: ")
    assert "QMS720" in lines[2]  # its translation still leads where it should
    assert len(lines) == 5


def test_each_place_is_judged_by_itself(faulty: Repo) -> None:
    assert faulty.ask("check").code == 1
    assert faulty.ask("check", "--staged").code == 0
    assert faulty.ask("check", "--commit", "HEAD").code == 0
    faulty.git("add", "--all")
    faulty.replace("procedures/CSC-QP-01.md", GONE, LINK)
    assert faulty.ask("check").code == 0
    assert faulty.ask("check", "--staged").code == 1
    assert faulty.ask("check", "--commit", "main").code == 0
    faulty.git("commit", "--quiet", "-m", "x")
    answer = faulty.ask("check", "--commit", "HEAD", "--json")
    assert (answer.code, answer.json["source"]) == (1, faulty.git("rev-parse", "HEAD").strip())
    assert faulty.ask("check", "--commit", "HEAD~1").code == 0


@pytest.mark.parametrize(
    ("folder", "paths", "code"),
    [
        ("", ["procedures"], 1),
        ("", ["procedures/"], 1),
        ("", ["./procedures/CSC-QP-01.md"], 1),
        ("", ["manual"], 0),
        ("", ["manual", "procedures"], 1),
        ("", ["."], 1),
        ("procedures", [], 1),
        ("procedures", ["."], 1),
        ("procedures", ["CSC-QP-01.md"], 1),
        ("procedures", ["../manual/roles/CSC-RS-01.md"], 0),
        ("procedures", ["../manual"], 0),
        ("procedures", [".."], 1),
        ("manual/roles", ["../../procedures"], 1),
        ("manual/roles", ["."], 0),
    ],
)
def test_paths_are_seen_from_where_one_stands(
    faulty: Repo, folder: str, paths: list[str], code: int
) -> None:
    answer = faulty.ask("check", *paths, folder=folder)
    assert (answer.code, answer.err) == (code, "")
    assert ("QMS502" in answer.out) == bool(code)


def test_a_file_that_is_too_large_is_a_finding_and_all_else_is_checked(faulty: Repo) -> None:
    for path in ("manual/CSC-QM-02.md", "manual/process.svg", "manual/data.bin"):
        with faulty.write(path, "").open("r+b") as file:
            file.truncate(32 * 1024 * 1024 + 1)
    faulty.replace(
        "procedures/CSC-QP-01.md", "## Records\n", "## Records\n\n![x](../manual/data.bin)\n"
    )
    line = faulty.line("procedures/CSC-QP-01.md", "CSC-RS-77")
    expected = {
        ("QMS118", "manual/CSC-QM-02.md", 1),
        ("QMS118", "manual/process.svg", 1),
        ("QMS118", "manual/data.bin", 1),
        ("QMS502", "procedures/CSC-QP-01.md", line),
        ("QMS504", "procedures/CSC-QP-01.md", faulty.line("procedures/CSC-QP-01.md", "data.bin")),
    }
    checked = faulty.ask("check", "--json")
    found = {each for each in checked.findings if each[0] != "QMS720"}  # the translation has none
    assert (checked.code, checked.err, found) == (1, "", expected)
    for identification in ("CSC-QM-01", "CSC-QP-01"):
        printed = faulty.ask("preview", identification, "--html", "--output", "../out")
        assert (printed.code, printed.err) == (1, "")
        assert faulty.ask("show", identification).code == 0
    page = (faulty.root / "../out/CSC-QM-01.en.html").read_text("utf-8")
    assert "A request comes in, an answer goes out" in page
    assert "<img" not in page


def test_a_policy_that_is_too_large_is_the_one_finding(small: Repo) -> None:
    with small.write("manual/policy.yaml", "").open("r+b") as file:
        file.truncate(32 * 1024 * 1024 + 1)
    checked = small.ask("check", "--json")
    assert (checked.code, checked.findings) == (1, [("QMS118", "manual/policy.yaml", 1)])
    assert small.qms("show", "CSC-QP-01").code == 2


@pytest.mark.parametrize(
    "path", ["nowhere", "/etc", "..", "procedures/CSC-QP-99.md", "--x", "a\nb"]
)
def test_a_path_that_is_not_in_the_manual_is_2(small: Repo, path: str) -> None:
    answer = small.qms("check", "--", path)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("qms: There is no file or folder ")


def test_an_absolute_path_in_the_repository_will_do(faulty: Repo) -> None:
    assert faulty.ask("check", str(faulty.root / "procedures")).code == 1
    assert faulty.ask("check", str(faulty.root / "manual")).code == 0


@pytest.mark.parametrize("flags", [["--staged"], ["--commit", "HEAD"]])
def test_paths_limit_what_is_told_of_index_and_commit_too(faulty: Repo, flags: list[str]) -> None:
    faulty.commit()
    assert faulty.ask("check", "procedures", *flags).code == 1
    assert faulty.ask("check", "manual", *flags).code == 0


def test_another_folder_can_be_named_as_root(faulty: Repo) -> None:
    answer = faulty.qms("--root", str(faulty.root / "manual"), "check", cwd=faulty.home)
    assert answer.code == 1
    assert faulty.qms("check", "--root", str(faulty.root), cwd=faulty.home).out == answer.out


@pytest.mark.parametrize(
    "arguments",
    [["--json", "check"], ["check", "--json"], ["check", "--format", "json"]],
)
def test_json_can_be_asked_for_before_and_after(faulty: Repo, arguments: list[str]) -> None:
    answer = faulty.ask(*arguments)
    line = faulty.line("procedures/CSC-QP-01.md", "CSC-RS-77")
    assert (answer.code, answer.err) == (1, "")
    assert answer.findings[0] == ("QMS502", "procedures/CSC-QP-01.md", line)
    assert [code for code, _, _ in answer.findings[1:]] == ["QMS720"]  # in its translation
    finding = answer.json["findings"][0]
    assert set(finding) == {
        *("code", "name", "severity", "path", "line", "column", "message", "hint", "basis")
    }
    assert (finding["severity"], finding["column"]) == ("error", 25)


def test_a_format_that_is_named_wins(faulty: Repo) -> None:
    assert faulty.ask("--json", "check", "--format", "text").out == faulty.ask("check").out


def test_sentences_are_in_the_language_asked_for(faulty: Repo) -> None:
    chinese = faulty.ask("check", "--lang", "zh-CN").out
    assert "错误 QMS502" in chinese
    for same in (
        faulty.ask("--lang=zh-CN", "check"),
        faulty.ask("check", LANG="zh_CN.UTF-8"),
        faulty.ask("check", LC_ALL="zh_CN.UTF-8", LANG="en_US.UTF-8"),
        faulty.ask("--lang", "en", "check", "--lang", "zh-CN"),
        faulty.qms("check", "--lang", "zh-CN", PYTHONIOENCODING="ascii", LC_ALL="C"),
    ):
        assert same.out == chinese
    for english in (
        faulty.ask("check", "--lang", "en", LANG="zh_CN.UTF-8"),
        faulty.ask("check", LC_ALL="C", LANG="zh_CN.UTF-8"),
        faulty.ask("check", LC_MESSAGES="de_DE.UTF-8", LANG="zh_CN.UTF-8"),
    ):
        assert english.out == faulty.ask("check").out


def test_a_broken_policy_is_a_finding(small: Repo) -> None:
    small.replace("manual/policy.yaml", "prefix: CSC", "prefix: CSC\nstatus: approved")
    line = small.line("manual/policy.yaml", "status: approved")
    answer = small.qms("check", "--json")
    assert (answer.code, answer.err) == (1, "")
    assert answer.findings == [("QMS103", "manual/policy.yaml", line)]


@pytest.mark.parametrize("flags", [[], ["--staged"], ["--commit", "HEAD"]])
def test_a_repository_without_a_policy_is_2(repo: Repo, flags: list[str]) -> None:
    repo.write("README.md", "no manual")
    repo.commit()
    answer = repo.qms("check", *flags)
    assert (answer.code, answer.out) == (2, "")
    assert "manual/policy.yaml" in answer.err


def test_no_repository_is_2(small: Repo) -> None:
    answer = small.qms("check", cwd=small.home)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"qms: {small.home} is not inside a Git repository.\n    hint: ")


def test_without_git_a_sentence_says_what_to_install(small: Repo) -> None:
    answer = small.qms("check", PATH=str(small.home))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("qms: Git is not installed")


@pytest.mark.parametrize(
    "arguments", [["--staged", "--commit", "HEAD"], ["--format", "xml"], ["--lang", "fr"], ["-x"]]
)
def test_what_cannot_be_asked_is_2(small: Repo, arguments: list[str]) -> None:
    answer = small.qms("check", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Usage: ")


def test_a_check_writes_nothing_but_its_cache(faulty: Repo) -> None:
    before = listing(faulty.root), listing(faulty.home)
    for flags in ([], ["--staged"], ["--commit", "HEAD"], ["procedures"], ["--json"]):
        faulty.qms("check", "--no-cache", *flags)
    assert (listing(faulty.root), listing(faulty.home)) == before
    faulty.qms("check")
    assert listing(faulty.root) == before[0]
    cache = ".cache/qms/contents.sqlite"
    assert listing(faulty.home).keys() - before[1].keys() == {cache}


def test_inherited_variables_lead_to_no_other_manual(small: Repo, tmp_path: Path) -> None:
    other = repository(tmp_path / "other")
    answer = small.qms(
        "check",
        GIT_DIR=str(other.root / ".git"),
        GIT_WORK_TREE=str(other.root),
        GIT_CONFIG_COUNT="x",
    )
    assert (answer.code, answer.err) == (0, "")
