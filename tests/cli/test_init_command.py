"""`qms init` in an empty repository: it shows what to write, and what it shows is enough."""

import textwrap
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from qms_docs.cli import deciding
from qms_docs.words.errors import QmsError
from tests.acting import write_key
from tests.attacks.stage import Key
from tests.conftest import git
from tests.outer import PROJECT, Repo

EXAMPLES = files("qms_docs").joinpath("data", "examples")
NAMES = ("authority", "policy")


def example(name: str) -> str:
    return EXAMPLES.joinpath(f"{name}.yaml").read_text("utf-8")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    folder, home = tmp_path / "manual", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    monkeypatch.setattr(deciding, "now", lambda: datetime(2026, 3, 2, tzinfo=UTC))
    write_key(home / "id_ed25519", Key.of("first"))
    return Repo(folder, home)


def test_what_it_shows_is_enough_to_begin(repo: Repo) -> None:
    key, shown = str(repo.home / "id_ed25519"), repo.ask("init", "--help").out
    for name in NAMES:
        with pytest.raises(QmsError) as raised:
            repo.ask("init", "--key", key)
        assert raised.value.key == "nothing-to-begin-with"
        path = f"manual/{name}.yaml"
        assert raised.value.values == {"path": path}
        text = shown.partition(f"# {path}\n")[2].partition("\n\n")[0].rstrip() + "\n"
        assert text == textwrap.indent(example(name), "  ")
        text = textwrap.dedent(text)
        text = text.replace("LINE OF THE FILE id_ed25519.pub", Key.of("first").line)
        text = text.replace("LINE OF THEIR FILE id_ed25519.pub", Key.of("second").line)
        (repo.root / path).parent.mkdir(exist_ok=True)
        (repo.root / path).write_text(text)
    assert repo.ask("init", "--key", key).code == 0
    assert (repo.root / "records" / "genesis.json").is_file()
    git(repo.root, "add", "--all")
    git(repo.root, "commit", "--quiet", "--message=Begin", GIT_COMMITTER_DATE="2026-03-02T00:00Z")
    assert repo.ask("audit").code == 0


@pytest.mark.parametrize("name", NAMES)
def test_the_manual_shows_the_same(name: str) -> None:
    lines = (PROJECT / "docs" / "administrator.md").read_text("utf-8").splitlines()
    shown = "\n".join(line.removeprefix("   ") for line in lines)
    assert f"# manual/{name}.yaml\n{example(name)}" in shown
