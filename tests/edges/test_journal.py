"""Files are written all or none, whatever ends the process, and never outside the work tree."""

import json
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qms_docs.edges import journal
from qms_docs.edges.journal import FileWrite
from qms_docs.words.errors import QmsError
from tests.conftest import tree
from tests.outer import PROJECT

FILES = (
    FileWrite("records/a/1.json", b"one"),
    FileWrite("records/b/2.json", b"two"),
    FileWrite("procedures/text.md", b"new", b"old"),
)
BEFORE = {"procedures/text.md": b"old"}
AFTER = {each.path: each.data for each in FILES}

_CHILD = """
import os, pickle, signal, sys
from pathlib import Path
from qms_docs.edges import journal
files = pickle.load(sys.stdin.buffer)
calls = 0
def hook(event, arguments):
    global calls
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_ACCMODE
    if writes or event in ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod"):
        calls += 1
        if calls == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
root = Path(sys.argv[1])
sys.addaudithook(hook)
journal.write(root, root / ".git" / "qms", files)
print(calls)
"""
"""Writes the files it is given, and is killed right before the n-th call that changes the disk."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "work"
    (folder / "procedures").mkdir(parents=True)
    (folder / "procedures" / "text.md").write_bytes(b"old")
    return folder


def private(root: Path) -> Path:
    return root / ".git" / "qms"


def seen(root: Path) -> dict[str, bytes]:
    """Return what Git would see of a work tree."""
    return {path: data for path, data in tree(root).items() if not path.startswith(".git/")}


def write(root: Path, files: tuple[FileWrite, ...] = FILES) -> None:
    journal.write(root, private(root), files)


def refused(root: Path, files: tuple[FileWrite, ...] = FILES) -> QmsError:
    with pytest.raises(QmsError) as raised:
        write(root, files)
    return raised.value


def tried(root: Path) -> str | None:
    """Write, and return the key of the error if there is one."""
    try:
        write(root)
    except QmsError as error:
        return error.key
    return None


def killed(root: Path, call: int) -> int:
    """Write in a process that is killed before a call; return its exit code."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", _CHILD, str(root), str(call)]
    files = pickle.dumps(FILES)
    return subprocess.run(command, env=environment, input=files, capture_output=True).returncode


def test_all_files_are_written_and_nothing_else_is_left(root: Path) -> None:
    write(root)
    assert seen(root) == AFTER
    assert [path.name for path in private(root).iterdir()] == ["lock"]


def test_the_mode_of_a_file_is_kept(root: Path) -> None:
    (root / "procedures" / "text.md").chmod(0o755)
    write(root)
    assert (root / "procedures" / "text.md").stat().st_mode & 0o777 == 0o755
    assert (root / "records/a/1.json").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("call", [1, 4, 7, 9, 10, 12, 15, 17, 19, 21])
def test_a_killed_command_has_written_nothing_or_is_finished_by_the_next(
    root: Path, call: int
) -> None:
    assert killed(root, call) == -signal.SIGKILL
    after = seen(root)
    other = (FileWrite("records/c/3.json", b"three"),)
    if after in (BEFORE, AFTER) and not (private(root) / "decided").exists():
        write(root, other)
        assert seen(root) == {**after, "records/c/3.json": b"three"}
    elif after == AFTER:  # only the plan was still there
        write(root, other)
        assert seen(root) == {**AFTER, "records/c/3.json": b"three"}
    else:
        error = refused(root, other)
        assert error.key == "finished-earlier"
        assert seen(root) == AFTER
        write(root, other)
    assert {path.name for path in private(root).iterdir()} <= {"lock", "placing"}


def test_a_kill_can_fall_between_two_files(root: Path) -> None:
    states = []
    for call in range(1, 40):
        for path in AFTER:
            (root / path).unlink(missing_ok=True)
        (root / "procedures/text.md").write_bytes(b"old")
        subprocess.run(["rm", "-rf", str(private(root))], check=True)
        if killed(root, call) == 0:
            break
        states.append(seen(root))
    assert any(state not in (BEFORE, AFTER) for state in states)
    assert states[0] == BEFORE
    assert states[-1] == AFTER


@pytest.mark.parametrize("name", ["replace", "fsync", "chmod", "rename"])
@pytest.mark.parametrize("time", [1, 2, 3, 5])
def test_what_cannot_be_written_whole_is_not_written(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, time: int
) -> None:
    real, calls = getattr(os, name), 0

    def full(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls == time:
            raise OSError(28, "No space left on device")
        return real(*arguments)

    monkeypatch.setattr(os, name, full)
    error = tried(root)
    assert error in (None, "cannot-write")
    assert seen(root) in ((BEFORE, AFTER) if error else (AFTER,))
    monkeypatch.undo()
    rest = tuple(each for each in FILES if seen(root).get(each.path) != each.data)
    write(root, rest)
    assert seen(root) == AFTER


def test_ctrl_c_between_two_files_puts_everything_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def stopped(source: str, target: Path) -> None:
        if target.name == "text.md" and (root / "records/b/2.json").exists():
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        write(root)
    assert seen(root) == BEFORE
    assert not (root / "records").exists()


def test_a_file_that_is_there_is_not_written_again(root: Path) -> None:
    write(root)
    assert refused(root).key == "already-written"


def test_a_file_that_was_changed_meanwhile_is_not_replaced(root: Path) -> None:
    (root / "procedures/text.md").write_bytes(b"another")
    assert refused(root).key == "changed-meanwhile"
    assert seen(root) == {"procedures/text.md": b"another"}


def test_two_commands_do_not_write_at_once(root: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from qms_docs.edges import journal\n"
        "with journal._alone(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(
        [sys.executable, "-c", script, str(private(root))],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        assert refused(root).key == "busy"
        assert seen(root) == BEFORE
        other.kill()
    write(root)
    assert seen(root) == AFTER


@pytest.mark.parametrize(
    "path", ["../out", "/tmp/out", "a/../../out", ".git/config", "link/out", "file-link", "pipe"]
)
def test_nothing_is_written_outside(root: Path, tmp_path: Path, path: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / "link").symlink_to(tmp_path / "elsewhere")
    (root / "file-link").symlink_to(tmp_path / "elsewhere" / "file")
    os.mkfifo(root / "pipe")
    assert refused(root, (FileWrite(path, b"x"),)).key == "leads-outside"
    assert list((tmp_path / "elsewhere").iterdir()) == []


def decided(root: Path, plan: object) -> None:
    folder = private(root) / "decided"
    folder.mkdir(parents=True)
    data = b"x"
    (folder / journal._digest(data)).write_bytes(data)
    text = plan if isinstance(plan, str) else json.dumps(plan)
    (folder / "plan.json").write_text(text)


@pytest.mark.parametrize(
    "plan",
    [
        "",
        "[" * 100_000,
        {"a": 1},
        [1],
        [{"path": "a"}],
        [{"path": "a", "before": None, "after": "../../x"}],
        [{"path": 7, "before": None, "after": journal._digest(b"x")}],
        [{"path": "a", "before": None, "after": "0" * 64}],
    ],
)
def test_a_forged_plan_is_an_error_that_says_what_to_do(root: Path, plan: object) -> None:
    decided(root, plan)
    error = refused(root)
    assert (error.key, error.values["folder"]) == ("cannot-finish", str(private(root) / "decided"))
    assert seen(root) == BEFORE


def test_a_forged_plan_writes_nothing_outside(root: Path, tmp_path: Path) -> None:
    decided(root, [{"path": "../out", "before": None, "after": journal._digest(b"x")}])
    assert refused(root).key == "cannot-finish"
    assert not (root.parent / "out").exists()


def test_what_was_changed_since_is_not_overwritten_when_finishing(root: Path) -> None:
    step = {"path": "procedures/text.md", "before": "0" * 64, "after": journal._digest(b"x")}
    decided(root, [step])
    assert refused(root).key == "cannot-finish"
    assert seen(root) == BEFORE
