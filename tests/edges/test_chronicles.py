"""What a history says is remembered; whatever becomes of the file, the verdict is the same."""

import pickle
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qms_docs.cli.main import qms
from qms_docs.edges import chronicles
from qms_docs.edges.git import Repository
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Report
from qms_docs.words.issues import Chronicle
from qms_docs.work import auditing, history
from tests.conftest import git
from tools.bench import corpus
from tools.bench import history as generated

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated history in order, and after it a commit that is not."""
    root = tmp_path_factory.mktemp("manual")
    generated.write(root, corpus.FEWEST)
    git(root, "checkout", "--quiet", "main")
    (root / "records" / "notes.txt").write_text("no record", "utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=Notes", GIT_COMMITTER_DATE="2025-01-01T00:00Z")
    return root


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the cache lies."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "qms" / "chronicles.sqlite"


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What has been walked."""
    found: list[str] = []
    walk = history.ledger

    def ledger(repository: Repository, revision: str = "HEAD") -> object:
        found.append(revision)
        return walk(repository, revision)

    monkeypatch.setattr(history, "ledger", ledger)
    return found


def audit(root: Path, revision: str = "HEAD", *, remembering: bool = True) -> Report:
    repository = Repository.open(root)
    return auditing.audit(repository, revision, None, (), NOW, remembering=remembering)


@pytest.fixture(scope="module")
def verdict(original: Path) -> Report:
    """What is so, whatever lies in the cache."""
    found = audit(original, remembering=False)
    assert [(each.code, each.place.path) for each in found.findings] == [
        ("QMS902", "records/notes.txt")
    ]
    assert found.documents == corpus.FEWEST + 2
    return found


def test_a_commit_is_walked_once(
    original: Path, file: Path, walks: list[str], verdict: Report
) -> None:
    assert [audit(original), audit(original), audit(original)] == [verdict] * 3
    assert len(walks) == 1


def test_everything_is_remembered_as_it_was(original: Path, file: Path) -> None:
    repository = Repository.open(original)
    told = [history.chronicle(repository, remembering=True) for _ in range(2)]
    assert told[0] == told[1] == history.ledger(repository).chronicle()
    assert told[0] is not told[1]
    assert len(told[1].records) == 5 * (corpus.FEWEST // 2 + 1) + 1
    assert told[1].released.issues["GEN-QM-01"][0].document.title == "Quality manual"


def test_another_commit_has_its_own_answer(
    original: Path, file: Path, walks: list[str], verdict: Report
) -> None:
    assert audit(original, "HEAD~1").findings == ()
    assert audit(original) == verdict
    assert audit(original, "HEAD~1").findings == ()
    assert len(walks) == 2


def test_another_program_walks_anew(
    original: Path, file: Path, walks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    audit(original)
    monkeypatch.setattr(chronicles, "_program", lambda: b"another")
    audit(original)
    assert len(walks) == 2


def test_what_decides_uses_no_cache(original: Path, file: Path, walks: list[str]) -> None:
    for _ in range(2):
        audit(original, remembering=False)
    assert len(walks) == 2
    assert not file.exists()


def test_the_state_of_a_check_is_the_same(original: Path, file: Path, walks: list[str]) -> None:
    repository = Repository.open(original)
    snapshot = repository.commit("HEAD")
    plain = history.state(repository, snapshot, NOW)
    assert plain is not None
    assert len(plain.released.issues) == corpus.FEWEST // 2 + 2
    for _ in range(2):
        assert history.state(repository, snapshot, NOW, remembering=True) == plain
    assert len(walks) == 2


def test_no_damage_changes_a_verdict(original: Path, file: Path, verdict: Report) -> None:
    audit(original)
    whole = file.read_bytes()
    step = max(1, len(whole) // 60)
    for start in range(0, len(whole), step):
        damaged = bytearray(whole)
        damaged[start] ^= 0x55
        damaged[start + step // 2 : start + step // 2 + 40] = b"\0" * 40
        file.write_bytes(damaged[: len(whole)])
        assert audit(original) == verdict
    for kept in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:kept])
        assert audit(original) == verdict


def test_a_deleted_file_changes_no_verdict(original: Path, file: Path, verdict: Report) -> None:
    audit(original)
    shutil.rmtree(file.parent)
    assert audit(original) == verdict
    shutil.rmtree(file.parent)
    file.parent.write_text("no folder", "utf-8")
    assert audit(original) == verdict


def change(file: Path, value: Callable[[bytes, bytes], bytes]) -> None:
    """Change the value of every entry, made of its key and the old one."""
    with sqlite3.connect(file) as database:
        for key, old in database.execute("SELECT key, value FROM contents").fetchall():
            new = value(key, old)
            database.execute("UPDATE contents SET value = ? WHERE key = ?", (new, key))
    database.close()


class Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (Path("evil"),)


@pytest.mark.parametrize(
    "made_up", [Evil(), "text", (1, 2), NOW], ids=["order", "text", "tuple", "instant"]
)
def test_a_made_up_entry_is_none_and_runs_nothing(
    original: Path,
    file: Path,
    verdict: Report,
    made_up: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    audit(original)
    data = pickle.dumps(made_up)
    change(file, lambda key, _: sha256(key + data).digest() + data)
    assert audit(original) == verdict
    assert not (tmp_path / "evil").exists()


def test_the_answer_for_one_commit_is_none_for_another(
    original: Path, file: Path, verdict: Report
) -> None:
    audit(original)
    audit(original, "HEAD~1")
    with sqlite3.connect(file) as database:
        rows = database.execute("SELECT key, value FROM contents").fetchall()
        for (key, _), (_, value) in zip(rows, reversed(rows), strict=True):
            database.execute("UPDATE contents SET value = ? WHERE key = ?", (value, key))
    database.close()
    assert audit(original) == verdict
    assert audit(original, "HEAD~1").findings == ()


@pytest.mark.parametrize("how", ["shallow", "grafts", "replaced"])
def test_a_history_that_is_hidden_is_refused_all_the_same(
    original: Path, file: Path, how: str, tmp_path: Path
) -> None:
    root = tmp_path / "copy"
    shutil.copytree(original, root)
    audit(root)
    tip = git(root, "rev-parse", "HEAD").strip()
    if how == "replaced":
        git(root, "replace", "--graft", tip)
    else:
        name = "shallow" if how == "shallow" else "info/grafts"
        (root / ".git" / name).write_text(f"{tip}\n", "utf-8")
    with pytest.raises(QmsError) as caught:
        audit(root)
    assert caught.value.key == ("shallow" if how == "shallow" else "replaced-history")


def test_few_commits_are_kept(original: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chronicles, "MOST", 4)
    tips = git(original, "rev-list", "--max-count=9", "HEAD").split()
    for tip in tips:
        chronicles.keep(tip, Chronicle(history.Released(), (), frozenset(), (), frozenset()))
    assert chronicles.recall(tips[-1]) is not None
    assert chronicles.recall(tips[0]) is None


def run(*words: str) -> Result:
    return CliRunner().invoke(qms, list(words), standalone_mode=False)


def test_the_command_says_the_same_with_and_without(original: Path, file: Path) -> None:
    options = ["audit", "--json", "--root", str(original)]
    said = [run(*options), run(*options), run(*options, "--no-cache")]
    assert len({answer.output for answer in said}) == 1
    assert said[0].return_value == 1
    assert file.exists()
    file.unlink()
    run(*options, "--no-cache")
    assert not file.exists()
