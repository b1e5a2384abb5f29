"""The people of the attacks' stage at the command line: their keys in files, the clock in hand."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from qms_docs.cli import deciding
from tests.attacks.stage import Key, Stage, begun
from tests.outer import Answer, Repo


@dataclass
class Life:
    """A manual that has begun, and people who run commands in it."""

    stage: Stage
    repo: Repo

    def key(self, who: str) -> Path:
        """Return the file of a person's private key, its public half beside it."""
        file = self.repo.home / who
        if not file.exists():
            write_key(file, self.stage.keys[who])
        return file

    def ask(self, who: str, *arguments: str, **changes: str) -> Answer:
        """Run a command that signs, as a person."""
        return self.repo.ask(*arguments, "--key", str(self.key(who)), **changes)

    def status(self) -> list[str]:
        """Return what Git says of the work tree, a line a file."""
        return self.stage.git("status", "--porcelain", "--untracked-files=all").splitlines()


def write_key(file: Path, key: Key) -> None:
    """Write a key pair as `ssh-keygen` does."""
    file.touch(0o600)
    file.write_bytes(key.private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    file.with_name(f"{file.name}.pub").write_text(f"{key.line} {file.name}\n")


@pytest.fixture
def life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Life:
    """Return a manual that has begun and of which nothing is released; the clock is the stage's."""
    folder, home = tmp_path / "manual", tmp_path / "people"
    folder.mkdir()
    home.mkdir()
    stage = begun(folder)
    monkeypatch.setattr(deciding, "now", lambda: stage.now)
    return Life(stage, Repo(folder.resolve(), home))
