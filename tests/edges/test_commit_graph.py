"""A clone may hold a commit-graph file that names other parents than the commits do."""

import struct
import subprocess
from pathlib import Path

from qms_docs.edges.git import Repository

_HEADER, _ENTRY = 8, 12


def git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def forge_parent(root: Path, commit: str, parent: str) -> None:
    """Let the commit-graph say that a commit has another parent (gitformat-commit-graph(5))."""
    path = root / ".git" / "objects" / "info" / "commit-graph"
    data = bytearray(path.read_bytes())
    chunks = {
        bytes(data[at : at + 4]): struct.unpack(">Q", data[at + 4 : at + _ENTRY])[0]
        for at in range(_HEADER, _HEADER + data[6] * _ENTRY, _ENTRY)
    }
    (count,) = struct.unpack(">I", data[chunks[b"OIDF"] + 255 * 4 : chunks[b"OIDF"] + 256 * 4])
    names = [
        data[at : at + 20].hex() for at in range(chunks[b"OIDL"], chunks[b"OIDL"] + count * 20, 20)
    ]
    at = chunks[b"CDAT"] + names.index(commit) * 36 + 20
    data[at : at + 4] = struct.pack(">I", names.index(parent))
    path.chmod(0o644)
    path.write_bytes(data)


def test_a_forged_commit_graph_hides_no_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "config", "user.email", "demo@example.com")
    git(tmp_path, "config", "user.name", "Demo")
    for number in range(3):
        (tmp_path / "file").write_text(str(number))
        git(tmp_path, "add", "file")
        git(tmp_path, "commit", "--quiet", "--message", str(number))
    first, second, third = git(tmp_path, "rev-list", "--reverse", "HEAD").split()
    git(tmp_path, "commit-graph", "write", "--reachable")
    forge_parent(tmp_path, third, first)
    assert second not in git(tmp_path, "rev-list", "HEAD")  # the attack works on Git as it comes

    repository = Repository.open(tmp_path)
    assert {commit.id for commit in repository.history(third)} == {first, second, third}
