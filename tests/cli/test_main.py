"""The command line as a whole: errors become sentences, whatever comes in."""

import os
import subprocess
import sys

import pytest

from qms_docs import __version__
from qms_docs.cli.main import qms as command
from tests.outer import PROJECT, Repo, environment

READERS = (("check",), ("check", "--json"), ("list", "documents"), ("show", "CSC-QP-01"))


def test_it_has_a_version_and_help(repo: Repo) -> None:
    assert repo.qms("--version").out == f"qms, version {__version__}\n"
    top = repo.qms("--help")
    assert (top.code, top.err) == (0, "")
    for name in command.list_commands(None):  # type: ignore[arg-type]
        assert f"  {name}  " in top.out
        page = repo.ask(name, "--help").out
        assert "Example" in page
        for part in _parts(page):
            page = repo.ask(name, *part, "--help").out
            assert "--root" in page
            assert "Example" in page


def _parts(page: str) -> list[tuple[str, ...]]:
    """Return the commands inside a command, or the command itself where there are none."""
    inside = page.partition("Commands:\n")[2].partition("\n\n")[0]
    return [(line.split()[0],) for line in inside.splitlines()] or [()]


@pytest.mark.parametrize("arguments", [("bogus",), ("--bogus",), ()])
def test_what_is_no_command_is_2(repo: Repo, arguments: tuple[str, ...]) -> None:
    answer = repo.qms(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Usage: ")


def test_an_error_is_told_in_the_language_asked_for(repo: Repo) -> None:
    for answer in (
        repo.qms("--lang", "zh-CN", "explain", "QMS999"),
        repo.qms("explain", "QMS999", "--lang=zh-CN"),
        repo.qms("explain", "QMS999", LANG="zh_CN.UTF-8"),
    ):
        assert answer.code == 2
        assert "没有" in answer.err or "不存在" in answer.err


def run(script: str, repo: Repo, **changes: str) -> "subprocess.CompletedProcess[str]":
    start = "import sys; sys.argv = ['qms', 'explain']; from qms_docs.cli import main; "
    return subprocess.run(
        [sys.executable, "-c", start + script],
        cwd=repo.root,
        env=environment(repo.home, **changes),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_mistake_of_the_program_is_a_sentence_and_a_traceback_only_on_demand(repo: Repo) -> None:
    script = "main.qms.main = lambda **_: {}['gone']; main.run()"
    done = run(script, repo)
    assert (done.returncode, done.stdout) == (2, "")
    assert "KeyError: 'gone'" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Traceback" in run(script, repo, QMS_DEBUG="1").stderr


HOSTILE = {
    "procedures/CSC-QP-02.md": b"\x00\x01\x02\xff",
    "procedures/CSC-QP-03.md": b"---\n" + b"[" * 5000 + b"\n---\n",
    "procedures/CSC-QP-04.md": b"---\n" + b"{a: " * 5000 + b"\n---\n",
    "procedures/CSC-QP-05.md": b"---\n? [1, 2]\n: 3\n---\n" + b"> " * 3000 + b"x\n",
    "procedures/CSC-QP-06.md": b"---\nid: &a [*a]\n---\n",
    "procedures/CSC-QP-07.md": b"---\nid: !!python/object/apply:os.system ['touch hacked']\n---\n",
    "procedures/CSC-QP-08.md": b"---\r\nid: CSC-QP-08\r\n---\r\n" + b"[" * 3000 + b"](x)" * 3000,
    "procedures/CSC-QP-09.md": b"---\n---\n" + b"`" * 5000 + b"*" * 5000 + b"|" * 5000,
    "procedures/{id}.md": b"---\nid: '{id} {0} %s'\ntitle: '{detail}'\n---\n[{x}]({y})\n",
    "procedures/\x1b[31mred\n.md": b"---\nid: \x1b[31m\n---\n",
    os.fsdecode(b"procedures/\xff\xfe.md"): b"---\nid: 1\n---\n",
}


@pytest.mark.parametrize("arguments", READERS, ids=" ".join)
def test_hostile_files_are_findings_never_tracebacks(
    small: Repo, arguments: tuple[str, ...]
) -> None:
    for path, data in HOSTILE.items():
        small.write(path, data)
    answer = small.qms(*arguments)
    assert answer.code == (0 if arguments[0] == "show" else 1), answer.err
    assert "mistake" not in answer.err
    assert not (small.root / "hacked").exists()
    if "--json" in arguments:
        told = {path for _, path, _ in answer.findings}
        assert told == set(HOSTILE)


@pytest.mark.parametrize("full", ["closed", "/dev/full"])
def test_an_output_that_takes_nothing_is_no_traceback(small: Repo, full: str) -> None:
    if full == "closed":
        reader, stream = os.pipe()
        os.close(reader)
    else:
        stream = os.open(full, os.O_WRONLY)
    done = subprocess.run(
        [sys.executable, "-m", "qms_docs", "check"],
        cwd=small.root,
        env=environment(small.home),
        stdout=stream,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(stream)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("stream", [1, 2])
def test_a_stream_that_is_not_there_changes_no_verdict(small: Repo, stream: int) -> None:
    script = f"exec '{sys.executable}' -m qms_docs check {stream}>&-"
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=small.root,
        env=environment(small.home),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_check_imports_neither_the_engine_nor_the_templates(small: Repo) -> None:
    script = (
        "import sys; sys.argv = ['qms', 'check']; from qms_docs.cli import main\n"
        "try: main.run()\n"
        "except SystemExit as end: code = end.code\n"
        "print(code, sorted({'weasyprint', 'jinja2', 'xlsxwriter', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=small.root,
        env=environment(small.home, PYTHONPATH=str(PROJECT)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("\n0 []\n")
