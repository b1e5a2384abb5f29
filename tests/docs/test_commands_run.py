"""Every command that the documentation shows works as written, in a fresh clone."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import ready
from tests.docs.pages import PAGES, ROOT, Run, blocks, fresh_clone, git, name, runs
from tests.outer import shared
from tools import docs

# Too slow, or in need of the network or of root: what they do is tested elsewhere.
_SCRIPT = re.compile(r"(?:^|\s)((?:\./|)(?:tools/(?:publish|test|setup)|\.ci/run))\b")
_WITH_RUNS = [page for page in PAGES if runs(page)]
_SHELL = set("|&;<>$")


@pytest.fixture(scope="session")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clone of the repository that holds what would be committed now."""
    return shared(tmp_path_factory, "committed", fresh_clone) / "clone"


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """Return an environment in which `qms` is the code of the clone in the current folder."""
    shim = tmp_path / "bin" / "qms"
    shim.parent.mkdir()
    start = 'import sys; sys.argv[0] = "qms"; from qms_docs.__main__ import run; run()'
    code = f"PYTHONPATH='{tmp_path / 'clone'}'"  # hooks of a server hand on no variables
    shim.write_text(f"#!/bin/sh\n{code} exec '{sys.executable}' -c '{start}' \"$@\"\n")
    shim.chmod(0o755)
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\nname = Editor\nemail = editor@example.com\n")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "QMS_"))}
    return {
        **kept,
        "HOME": str(home),
        "PATH": f"{shim.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(tmp_path / "clone"),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "80",
    }


@pytest.mark.parametrize("page", _WITH_RUNS, ids=name)
def test_commands_work_as_written(
    page: Path, committed: Path, environment: Mapping[str, str], tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    git("clone", "--quiet", str(committed), str(clone), cwd=tmp_path)
    # The first page runs the code of the clone, from the start, as its readers do.
    told = _in_a_shell if page == ROOT / "README.md" else _told
    for run in runs(page):
        script = _SCRIPT.search(run.command)
        if script:
            assert os.access(clone / script[1], os.X_OK), f"{run.command}: not executable"
            continue
        code, output = told(run.command, clone, environment)
        assert code == run.code, f"{run.command}\n{output}"
        _assert_shown(run, output)


def _told(command: str, clone: Path, env: Mapping[str, str]) -> tuple[int, str]:
    """Run a line; exit code and output."""
    words = shlex.split(command, comments=True)
    if words[0] != "qms" or _SHELL & set(command):
        return _in_a_shell(command, clone, env)
    code, out, err = ready.told(words[1:], clone, env)
    return code, out + err


def _in_a_shell(command: str, clone: Path, env: Mapping[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=clone,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


def _assert_shown(run: Run, output: str) -> None:
    """The lines below a command are its output; a line `…` stands for any lines."""
    if "--help" in run.command:
        assert "\n".join(run.shown) == output.rstrip("\n")
    lines = iter(output.splitlines())
    for wanted in run.shown:
        assert wanted == "…" or wanted in lines, f"{run.command} does not print: {wanted}\n{output}"


def test_the_two_commands_of_the_readme_are_there() -> None:
    commands = [run.command for run in runs(ROOT / "README.md")]
    assert commands[:2] == ["./tools/publish", "./tools/test"]


def test_commands_to_run_start_with_a_dollar_sign() -> None:
    for page in PAGES:
        for block in blocks(page.read_text("utf-8"), "console"):
            assert block.startswith("$ "), f"{name(page)}: {block}"


def test_generated_parts_are_up_to_date() -> None:
    assert not docs.stale(), "run python tools/docs.py"


def test_every_command_has_its_help_on_the_page() -> None:
    from qms_docs.cli.main import qms

    shown = {run.command for run in runs(ROOT / "docs" / "commands.md")}
    commands = qms.list_commands(qms.make_context("qms", ["check"], resilient_parsing=True))
    assert {"qms --help", *(f"qms {command} --help" for command in commands)} <= shown
    for command in commands:
        examples = [line for line in shown if f" {command} " in line and "--help" not in line]
        assert examples, f"docs/commands.md has no example of qms {command}"
