"""What surrounds Git, variables and settings, neither redirects it nor makes it run programs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qms_docs.edges.git import Repository
from qms_docs.words.errors import QmsError
from tests.conftest import BASE
from tests.outer import Repo, environment, manual, repository


@pytest.fixture
def trap(tmp_path: Path) -> tuple[Path, Path]:
    """Return a program and the file that it leaves behind when it runs."""
    program, trace = tmp_path / "trap", tmp_path / "the trap has run"
    program.write_text(f"#!/bin/sh\ntouch '{trace}'\nexit 1\n")
    program.chmod(0o755)
    return program, trace


def everything(repo: Repo) -> tuple[set[str], ...]:
    opened = Repository.open(repo.root)
    snapshots = (opened.work_tree(), opened.index(), opened.commit("HEAD"))
    for snapshot in snapshots:
        snapshot.read("a.md")
    return (*(set(snapshot.modes) for snapshot in snapshots), set(opened.names_ever_used()))


@pytest.fixture
def one(repo: Repo) -> Repo:
    """Return a repository with one committed file."""
    repo.write("a.md", "ours")
    repo.commit()
    return repo


@pytest.mark.parametrize(
    "variables",
    [
        {"GIT_DIR": "{other}/.git"},
        {"GIT_DIR": "{other}/.git", "GIT_WORK_TREE": "{other}"},
        {"GIT_WORK_TREE": "{other}"},
        {"GIT_COMMON_DIR": "{other}/.git"},
        {"GIT_OBJECT_DIRECTORY": "{other}/.git/objects"},
        {"GIT_NAMESPACE": "elsewhere"},
        {"GIT_PREFIX": "sub/"},
        {"GIT_CONFIG_PARAMETERS": "'core.worktree={other}'"},
        {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "core.worktree",
            "GIT_CONFIG_VALUE_0": "{other}",
        },
        {"GIT_LITERAL_PATHSPECS": "1", "GIT_ICASE_PATHSPECS": "1"},
        {"GIT_TRACE": "1", "GIT_TRACE2": "1", "GIT_PAGER": "false"},
        {"GIT_EXEC_PATH": "{other}"},
    ],
    ids=lambda variables: " ".join(variables),
)
def test_inherited_variables_lead_to_no_other_repository(
    one: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    other = repository(tmp_path / "other")
    other.write("theirs.md", "theirs")
    other.commit()
    expected = everything(one)
    for name, value in variables.items():
        monkeypatch.setenv(name, value.replace("{other}", str(other.root)))
    assert everything(one) == expected == ({"a.md"},) * 4


@pytest.mark.parametrize("hook", ["core.fsmonitor", "core.hooksPath", "gpg.program", "core.pager"])
def test_a_repository_makes_git_run_no_program(
    one: Repo, trap: tuple[Path, Path], hook: str
) -> None:
    program, trace = trap
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n"
    text = one.git("cat-file", "commit", "HEAD").replace("\n\n", f"\n{signature}\n", 1)
    (one.home / "signed").write_text(text)
    signed = one.git("hash-object", "-t", "commit", "-w", str(one.home / "signed")).strip()
    one.git("reset", "--quiet", "--soft", signed)
    one.git("config", hook, str(program))
    one.git("config", "log.showSignature", "true")
    assert everything(one) == ({"a.md"},) * 4
    assert not trace.exists()


def test_filters_of_a_repository_do_not_run(one: Repo, trap: tuple[Path, Path]) -> None:
    program, trace = trap
    for kind in ("clean", "smudge", "process"):
        one.git("config", f"filter.trap.{kind}", str(program))
    one.write(".gitattributes", "*.md filter=trap diff=trap\n")
    one.git("config", "diff.trap.textconv", str(program))
    one.git("config", "diff.external", str(program))
    one.write("a.md", "changed")
    everything(one)
    assert not trace.exists()


def test_a_missing_content_is_not_fetched_by_a_program(one: Repo, trap: tuple[Path, Path]) -> None:
    """In a partial clone Git fetches what is missing, through whatever the settings name."""
    program, trace = trap
    blob = one.git("rev-parse", "HEAD:a.md").strip()
    (one.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    one.git("config", "extensions.partialClone", "origin")
    one.git("config", "remote.origin.promisor", "true")
    one.git("config", "remote.origin.url", str(one.root))
    one.git("config", "remote.origin.uploadpack", str(program))
    with pytest.raises(QmsError) as raised:
        Repository.open(one.root).commit("HEAD").read("a.md")
    assert raised.value.key == "unreadable-file"
    assert not trace.exists()


def test_the_index_that_a_hook_is_given_is_the_one_that_is_read(
    one: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`git commit FILE` and `git commit -a` show their hooks another index than `.git/index`."""
    one.write("a.md", "will be committed")
    index = tmp_path / "next-index"
    one.git("add", "a.md", GIT_INDEX_FILE=str(index))
    assert Repository.open(one.root).index().read("a.md") == b"ours"
    monkeypatch.setenv("GIT_INDEX_FILE", str(index))
    assert Repository.open(one.root).index().read("a.md") == b"will be committed"


@pytest.mark.parametrize("linked", [False, True], ids=["main tree", "linked tree"])
def test_a_hook_judges_what_would_be_committed(tmp_path: Path, linked: bool) -> None:
    """A real hook: Git sets its variables, and `commit -a` uses an index of its own."""
    repo = manual(tmp_path / "hooked")
    hook = repo.write(
        ".git/hooks/pre-commit", f"#!/bin/sh\nexec {sys.executable} -m qms_docs check --staged\n"
    )
    hook.chmod(0o755)
    place = repo.root
    if linked:
        place = tmp_path / "linked"
        repo.git("worktree", "add", "--quiet", "-b", "other", str(place))
    (place / "procedures" / "CSC-QP-01.md").write_text("broken")

    def commit() -> subprocess.CompletedProcess[str]:
        env = environment(repo.home, GIT_AUTHOR_NAME="E", GIT_AUTHOR_EMAIL="e@example.org")
        names = ("-c", "user.name=E", "-c", "user.email=e@example.org")
        return subprocess.run(
            ["git", *names, "commit", "-a", "-m", "x"],
            cwd=place,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    refused = commit()
    assert refused.returncode == 1
    assert "procedures/CSC-QP-01.md:1:1: error QMS101" in refused.stdout + refused.stderr
    text = (BASE / "procedures" / "CSC-QP-01.md").read_text("utf-8")
    (place / "procedures" / "CSC-QP-01.md").write_text(text.replace("Every", "Each"), "utf-8")
    accepted = commit()
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr


def test_a_broken_repository_is_told_in_git_s_own_words(one: Repo) -> None:
    (one.root / ".git" / "index").write_bytes(b"no index at all, only text")
    with pytest.raises(QmsError) as raised:
        Repository.open(one.root).index()
    assert raised.value.key == "git-failed"
    assert raised.value.values["detail"].startswith(("error: ", "fatal: "))


def test_other_variables_stay_as_they_are(one: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_AUTH_SOCK", "/run/agent")
    before = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    everything(one)
    after = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    assert after == before
