"""The hook that publishes: whatever becomes of the job, the push is in and the person is told."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.stage import DRAFTER
from tests.conftest import git
from tests.e2e.team import RECIPE, Server, first_push, server
from tests.outer import processes, wait_for
from tests.work.test_pushing import HOOKS

HARMLESS = {"PATH", "HOME", "LANG", "PWD", "OLDPWD", "SHLVL", "_"}
"""What a shell and this hook let a program know."""


def waiting(end: Path) -> str:
    """Return what waits for a file, in a shell: for a minute, so that no failed test runs on."""
    return f"for _ in $(seq 600); do [ -e '{end}' ] && break; sleep 0.1; done"


class Fake:
    """A `qms` that does what a test wants of it and keeps what it was told."""

    def __init__(self, program: Path) -> None:
        self.program = program
        self.does("")

    def does(self, script: str) -> None:
        told = f"env >'{self.program}.env'\necho \"$@\" >'{self.program}.words'\n"
        self.program.write_text(f"#!/bin/sh\n{told}{script}\n")

    @property
    def env(self) -> dict[str, str]:
        lines = Path(f"{self.program}.env").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)

    @property
    def words(self) -> list[str]:
        return Path(f"{self.program}.words").read_text().split()


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Server]:
    with server(tmp_path) as found:
        (found.root / "hooks" / "pre-receive").unlink()
        yield found


@pytest.fixture
def fake(made: Server, tmp_path: Path) -> Fake:
    return Fake(tmp_path / "bin" / "qms")


def log(made: Server) -> str:
    file = made.root / "qms-publish.log"
    return file.read_text("utf-8") if file.exists() else ""


def test_the_guard_of_the_recipe_is_the_one_of_the_package() -> None:
    assert (RECIPE / "pre-receive").read_bytes() == HOOKS.joinpath("pre-receive").read_bytes()
    assert all(os.access(file, os.X_OK) for file in RECIPE.iterdir())


def test_only_main_is_published(made: Server, fake: Fake) -> None:
    fake.does("echo told")
    assert "remote: told" in first_push(made)
    assert fake.words == ["publish", "--root", ".", "--output", str(made.public)]
    taken, said = made.person(DRAFTER).push("HEAD:wish")
    assert taken
    assert "remote:" not in said
    assert log(made).count("told") == 1


def test_nothing_of_a_push_reaches_the_publication(
    made: Server, fake: Fake, tmp_path: Path
) -> None:
    """Headers are variables of a CGI program, and `Proxy` is one that many programs heed."""
    made.variables["QMS_AS_OF"] = "2020-01-01"
    first_push(made, "-c", "http.extraHeader=Proxy: http://127.0.0.1:9")
    assert fake.env.keys() <= HARMLESS
    assert fake.env["HOME"] == str(made.home)
    assert fake.env["PWD"] == str(made.root)


def test_a_publication_that_fails_is_told_and_the_push_is_in(made: Server, fake: Fake) -> None:
    fake.does("echo 'The PDF engine cannot start.' >&2; exit 2")
    said = first_push(made)
    assert "remote: The PDF engine cannot start." in said
    assert "remote: Not published. Readers see what they saw before." in said
    assert made.tip()
    assert "The PDF engine cannot start.\nNot published." in log(made)


def test_a_publication_that_fails_leaves_the_one_before(made: Server) -> None:
    first_push(made)
    (made.public / ".qms-output").unlink()
    editor = made.person(DRAFTER)
    editor.commit("A draft")
    taken, said = editor.push("main")
    assert taken
    assert "remote: Not published. Readers see what they saw before." in said
    assert (made.public / "current").readlink() == Path("0001")


def test_who_pushes_does_not_wait_for_ever(made: Server, fake: Fake, tmp_path: Path) -> None:
    end = tmp_path / "end"
    fake.does(f"{waiting(end)}; echo done")
    made.settings(wait="0")
    assert "remote: The push is in. Publishing goes on" in first_push(made)
    assert "done" not in log(made)
    end.touch()
    assert wait_for(lambda: "done" in log(made), seconds=60)


def test_one_publication_at_a_time(made: Server, fake: Fake, tmp_path: Path) -> None:
    story, end = tmp_path / "story", tmp_path / "end"
    fake.does(f"echo begin >>'{story}'; {waiting(end)}; echo end >>'{story}'")
    made.settings(wait="0")
    first_push(made)
    editor = made.person(DRAFTER)
    editor.commit("A draft")
    assert editor.push("main")[0]
    assert wait_for(
        lambda: "\n".join(processes(f"HOME={made.home}")).count("hooks/qms-pub") == 2, 60
    )
    end.touch()
    assert wait_for(lambda: log(made).count("Z\n") == 2, 60)
    assert story.read_text().split() == ["begin", "end", "begin", "end"]


def test_a_server_that_knows_no_place_says_so(made: Server, fake: Fake) -> None:
    git(made.root, "config", "--unset", "qms.output")
    assert "remote: qms-publish: where to? git config qms.output FOLDER" in first_push(made)
    assert made.tip()


def test_a_chinese_server_speaks_chinese(made: Server, fake: Fake) -> None:
    made.variables["LANG"] = "zh_CN.UTF-8"
    fake.does("exit 2")
    assert "未发布。读者看到的内容不变。" in first_push(made)
    assert fake.env["LANG"] == "zh_CN.UTF-8"
