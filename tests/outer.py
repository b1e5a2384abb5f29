"""A small manual in a real Git repository, and the command line as a real process."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests import ready
from tests.conftest import BASE

PROJECT = Path(__file__).parents[1]

_INHERITED = ("PATH", "LD_LIBRARY_PATH", "JAVA_HOME", "PYTHONDONTWRITEBYTECODE")
_SETTINGS = ("-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", "-c", "gc.auto=0")
_DATE = "2026-01-05T09:00:00+08:00"


def environment(home: Path, **changes: str) -> dict[str, str]:
    """Return an environment in which nothing of the machine's user is left."""
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    mine = {"HOME": str(home), "LANG": "C.UTF-8", "PYTHONPATH": str(PROJECT)}
    return {**kept, **mine, **changes}


@dataclass(frozen=True)
class Repo:
    """A Git repository of a test."""

    root: Path
    home: Path

    def git(self, *arguments: str, **changes: str) -> str:
        """Run Git as a person with a name and a fixed date; its output."""
        person = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "Editor"), ("EMAIL", "e@example.org"), ("DATE", _DATE))
        }
        done = subprocess.run(
            ["git", *_SETTINGS, *arguments],
            cwd=self.root,
            env=environment(self.home, **person, **changes),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file of the work tree."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return file

    def replace(self, path: str, old: str, new: str) -> None:
        """Change a text that stands once in a file of the work tree."""
        text = (self.root / path).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def line(self, path: str, text: str) -> int:
        """Return the number of the first line of a file that has a text in it."""
        lines = (self.root / path).read_text("utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)

    def commit(self, message: str = "A change") -> str:
        """Commit everything in the work tree; the commit's full name."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD").strip()

    def qms(self, *arguments: str, cwd: Path | None = None, **changes: str) -> "Answer":
        """Run a command as a process of its own, from the repository's top.

        Where the environment is another it starts from nothing.
        """
        if changes:
            return qms(*arguments, cwd=cwd or self.root, env=environment(self.home, **changes))
        told = ready.told(arguments, cwd or self.root, environment(self.home))
        return _no_traceback(Answer(*told))

    def ask(self, *arguments: str, folder: str = "", **changes: str) -> "Answer":
        """Run a command that answers, in this process: much faster, for all but the streams."""
        from qms_docs.cli.main import qms as command

        variables = {"LANG": "C.UTF-8", **changes}
        with contextlib.chdir(self.root / folder):
            result = CliRunner(env=variables).invoke(command, arguments, standalone_mode=False)
        if result.exception:
            raise result.exception
        return Answer(result.return_value or 0, result.stdout, result.stderr)


@dataclass(frozen=True)
class Answer:
    """What a process answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The standard output, which must be JSON and nothing else."""
        return json.loads(self.out)

    @property
    def findings(self) -> list[tuple[str, str, int]]:
        """Code, path and line of each finding, from JSON output."""
        return [(item["code"], item["path"], item["line"]) for item in self.json["findings"]]


def qms(*arguments: str, cwd: Path, env: Mapping[str, str], seconds: float = 120) -> Answer:
    """Run `python -m qms_docs`; whatever happens, nobody may see a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "qms_docs", *arguments],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=seconds,
        check=False,
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    return _no_traceback(Answer(done.returncode, out, err))


def _no_traceback(answer: Answer) -> Answer:
    assert "Traceback" not in answer.err, answer.err
    return answer


def repository(folder: Path) -> Repo:
    """Make an empty repository in `folder/repo`, with a home folder beside it."""
    (folder / "repo").mkdir(parents=True)
    (folder / "home").mkdir()
    repo = Repo((folder / "repo").resolve(), folder / "home")
    repo.git("init", "--quiet")
    return repo


def manual(folder: Path, source: Path = BASE) -> Repo:
    """Make a repository with a manual, committed."""
    repo = repository(folder)
    shutil.copytree(source, repo.root, dirs_exist_ok=True)
    repo.commit("First issue")
    return repo


def listing(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return every file below a folder with its mode, time of change and content."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink())
    return {
        str(path.relative_to(folder)): (
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
            bytes(path.readlink()) if path.is_symlink() else path.read_bytes(),
        )
        for path in files
    }


def processes(mark: str) -> list[str]:
    """Return the command lines of the running processes whose environment holds a text."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
                inherited = (folder / "environ").read_bytes()
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if state != "Z" and mark.encode() in inherited:
                found.append(command)
    return found


def heed_interrupts() -> None:
    """Let a program that is about to start be interrupted, also where this one ignores Ctrl-C.

    A shell starts what runs in the background with interrupts ignored, and that is inherited.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_for(what: Callable[[], bool], seconds: float = 20) -> bool:
    """Wait until something is so; tell whether it has become so in time."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that is made once for all the processes of a test run."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder = base / f"shared-{name}"
    with _locked(base / f"shared-{name}.lock"):
        if not (folder / ".made").exists():
            folder.mkdir()
            make(folder)
            (folder / ".made").touch()
    return folder


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let nothing of the user's settings reach what runs in this process."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "XDG_", "LC_"))]:
        monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return an empty repository."""
    return repository(tmp_path / "empty")


@pytest.fixture
def small(tmp_path: Path) -> Repo:
    """Return a repository with the small manual, committed."""
    return manual(tmp_path / "small")
