"""The hooks that are shipped, installed and run by Git itself: what the server takes in."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from qms_docs.edges.git import Repository
from qms_docs.words.errors import QmsError
from qms_docs.work import pushing
from tests.attacks.stage import NONE, QUALITY, Stage, begun
from tests.conftest import git
from tests.outer import PROJECT

HOOKS = files("qms_docs").joinpath("data", "hooks")


class Team:
    """Two people with a repository each, and a server between them."""

    def __init__(self, folder: Path) -> None:
        (folder / "stage").mkdir()
        self.stage = begun(folder / "stage")
        self.root, self.server = self.stage.root, self.stage.server
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.server))
        program = folder / "bin" / "qms"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -P -m qms_docs "$@"\n')
        program.chmod(0o755)
        self.variables = {
            "PATH": f"{program.parent}:/usr/local/bin:/usr/bin:/bin",
            "PYTHONPATH": str(PROJECT),
            "HOME": str(folder),
            "LANG": "C.UTF-8",
        }
        self.install(self.server / "hooks", "pre-receive")

    def install(self, folder: Path, name: str) -> None:
        folder.mkdir(exist_ok=True)
        hook = folder / name
        hook.write_bytes(HOOKS.joinpath(name).read_bytes())
        hook.chmod(0o755)

    def push(self, *arguments: str, **variables: str) -> str:
        """Push and return what the server says; empty if it has taken everything in."""
        try:
            git(self.root, "push", "--quiet", str(self.server), *arguments,
                **self.variables, **variables)  # fmt: skip
        except subprocess.CalledProcessError as error:
            return f"{error.stdout}{error.stderr}"
        return ""

    def tip(self, ref: str = "refs/heads/main") -> str:
        return git(self.server, "for-each-ref", "--format=%(objectname)", ref).strip()


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def test_a_manual_is_pushed_grows_and_is_released(team: Team) -> None:
    assert team.push("main") == ""
    team.stage.approved()
    assert team.push("main") == ""
    team.stage.release()
    tip = team.stage.commit("Release")
    assert team.push("main") == ""
    assert team.tip() == tip
    assert team.stage.served() == 1


def test_a_false_release_is_refused_and_named(team: Team) -> None:
    assert team.push("main") == ""
    before = team.tip()
    team.stage.release()
    team.stage.commit("Release without approval")
    said = team.push("main")
    assert "QMS906" in said
    assert "The review of CSC-QP-01 by CSC-RS-02 is missing" in said
    assert "Traceback" not in said
    assert team.tip() == before


def test_drafts_pass_on_main_and_on_branches(team: Team) -> None:
    assert team.push("main") == ""
    team.stage.edit("procedures/CSC-QP-01.md", "Every complaint", "Each complaint")
    team.stage.commit("Draft")
    assert team.push("main") == ""
    team.stage.release()
    tip = team.stage.commit("What a branch holds is nobody's evidence yet")
    assert team.push("HEAD:refs/heads/wish") == ""
    assert team.tip("refs/heads/wish") == tip


@pytest.mark.parametrize(
    ("arguments", "case"),
    [
        (("--force", "HEAD~1:main"), "would take the commit"),
        ((":main",), "would delete refs/heads/main"),
        (("HEAD:refs/replace/" + "1" * 40,), "let Git show another history"),
    ],
)
def test_main_only_grows(team: Team, arguments: tuple[str, ...], case: str) -> None:
    git(team.server, "config", "receive.denyDeletes", "false")
    git(team.server, "config", "receive.denyDeleteCurrent", "ignore")
    assert team.push("main") == ""
    before = team.tip()
    said = team.push(*arguments)
    assert "QMS910" in said
    assert case in said
    assert team.tip() == before


def test_a_server_whose_main_is_unknown_takes_nothing_in(team: Team) -> None:
    git(team.server, "symbolic-ref", "HEAD", "refs/heads/master")
    said = team.push("main")
    assert "It is not known which branch is main: there is no refs/heads/master." in said
    assert team.tip() == ""
    assert team.push("main:master") == ""


def test_a_refused_push_leaves_no_objects(team: Team) -> None:
    """The hook looks into the quarantine; what it refuses never belongs to the repository."""
    assert team.push("main") == ""
    team.stage.release()
    tip = team.stage.commit("Release without approval")
    assert "QMS906" in team.push("main")
    with pytest.raises(subprocess.CalledProcessError):
        git(team.server, "cat-file", "-e", tip)


def test_inherited_variables_do_not_open_a_quarantine(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only `--pre-receive` believes what Git says about objects elsewhere."""
    objects = str(team.root / ".git" / "objects")
    for receiving, seen in ((False, False), (True, True)):
        monkeypatch.setenv("GIT_QUARANTINE_PATH", objects)
        monkeypatch.setenv("GIT_OBJECT_DIRECTORY", objects)
        repository = Repository.bare(team.server, receiving)
        tip = team.stage.git("rev-parse", "HEAD").strip()
        if seen:
            assert repository.tip(tip) == tip
        else:
            with pytest.raises(QmsError) as raised:
                repository.tip(tip)
            assert raised.value.key == "no-commit"


def test_the_hook_before_a_push_says_the_same_and_can_be_skipped(team: Team) -> None:
    assert team.push("main") == ""
    team.install(team.root / ".git" / "hooks", "pre-push")
    team.stage.release()
    team.stage.commit("Release without approval")
    said = team.push("main")
    assert "QMS906" in said
    assert "remote:" not in said  # nothing was sent
    said = team.push("--no-verify", "main")
    assert "remote: " in said
    assert "QMS906" in said


def test_the_hook_before_a_push_guards_the_branch_that_is_named(team: Team) -> None:
    team.install(team.root / ".git" / "hooks", "pre-push")
    team.stage.release()
    team.stage.commit("Release without approval")
    assert "QMS906" not in team.push("main:trunk")
    git(team.root, "config", "qms.branch", "trunk")
    git(team.server, "update-ref", "-d", "refs/heads/trunk")
    said = team.push("main:trunk")
    assert "QMS906" in said
    assert "remote:" not in said


def test_the_hook_before_a_commit_reads_what_is_staged(team: Team) -> None:
    team.install(team.root / ".git" / "hooks", "pre-commit")
    (team.root / "procedures" / "CSC-QP-01.md").write_text("broken")
    git(team.root, "add", "--all")
    with pytest.raises(subprocess.CalledProcessError) as raised:
        git(team.root, "commit", "-m", "x", **team.variables)
    assert "QMS101" in raised.value.stdout + raised.value.stderr


def test_a_date_ahead_is_borne_for_ten_minutes(team: Team) -> None:
    stage = team.stage
    assert team.push("main") == ""
    old = team.tip()
    new = stage.commit("Draft")
    push = pushing.Push(old, new, "refs/heads/main")
    repository = Repository.bare(team.root)

    def found(now: datetime) -> list[str]:
        return [
            each.code for each in pushing.judge(repository, [push], "refs/heads/main", now).findings
        ]

    assert found(stage.now - timedelta(minutes=10)) == []
    assert found(stage.now - timedelta(minutes=10, seconds=1)) == ["QMS911"]


@pytest.mark.parametrize(
    "line", ["", "x y z", f"{NONE} {NONE}", f"{NONE} {NONE} a b", f"--all {NONE} refs/heads/main"]
)
def test_other_lines_than_those_of_git_are_an_error(line: str) -> None:
    with pytest.raises(QmsError) as raised:
        pushing.pushes([line])
    assert raised.value.key == "no-push"


def _approved_in_one_push(stage: Stage) -> None:
    stage.approved()
    stage.release()
    stage.commit("Release")


def _wrong_and_taken_back(stage: Stage) -> None:
    record = stage.say(QUALITY, "reviewed", role="CSC-RS-01")
    stage.commit("In a role that the person does not hold")
    stage.void(QUALITY, record)
    stage.commit("Taken back")


@pytest.mark.parametrize("work", [_approved_in_one_push, _wrong_and_taken_back])
def test_honest_work_in_one_push_passes(tmp_path: Path, work: Callable[[Stage], None]) -> None:
    (tmp_path / "stage").mkdir()
    stage = begun(tmp_path / "stage")
    stage.serve()
    work(stage)
    assert stage.push(), stage.refused
