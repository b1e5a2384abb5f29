"""The same history gives the same PDFs, wherever, by whomever and on whatever they are printed."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.stage import DOCUMENT, Stage, begun
from tests.clusters import cluster
from tests.outer import PROJECT, environment, qms

DIAGRAM = """## Records

```mermaid
flowchart LR
  A[Complaint 投诉] --> B{Known?}
  B -->|yes| C[Answer]
```
"""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Return a manual of which one document has a second revision in force, with a diagram."""
    stage = begun(tmp_path_factory.mktemp("stage"))
    stage.issued(DOCUMENT)
    stage.revised("## Records\n", DIAGRAM)
    stage.issued(DOCUMENT)
    return stage


@pytest.fixture(scope="module")
def printed(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the digests of its PDFs, printed here by one process."""
    folder = tmp_path_factory.mktemp("here")
    found = published(stage, stage.root, folder, "--workers", "1", TZ="UTC", PYTHONHASHSEED="0")
    names = {f"{DOCUMENT}.{tag}.pdf" for tag in ("en", "zh-CN")}
    old = {f"superseded/{DOCUMENT}.r1.{tag}.pdf" for tag in ("en", "zh-CN")}
    assert set(found) == names | old
    assert len(set(found.values())) == 4
    return found


def published(
    stage: Stage, root: Path, folder: Path, *options: str, **variables: str
) -> dict[str, str]:
    """Publish the stage as it stands in a folder; name → SHA-256 of every PDF."""
    home = folder / "home"
    home.mkdir(parents=True)
    words = ("publish", "--output", str(folder / "out"), "--as-of", stage.now.isoformat())
    answer = qms(*words, *options, cwd=root, env=environment(home, **variables))
    assert answer.code == 0, answer.err
    current = folder / "out" / "current"
    return {
        path.relative_to(current).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in current.rglob("*.pdf")
    }


@pytest.fixture
def careless() -> Iterator[None]:
    """Let new files be what others may not read."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.usefixtures("careless")
def test_a_clone_elsewhere_with_two_workers(
    stage: Stage, printed: dict[str, str], tmp_path: Path
) -> None:
    root = tmp_path / "ein anderer Ordner 另一个"
    stage.git("clone", "--quiet", str(stage.root), str(root))
    shutil.rmtree(root / "procedures")  # what was released stands in the history
    found = published(
        stage,
        root,
        tmp_path / "deeper" / "still",
        "--workers",
        "2",
        TZ="Pacific/Auckland",
        LANG="zh_CN.UTF-8",
        LC_ALL="C",
        PYTHONHASHSEED="7",
    )
    assert found == printed
    made = (tmp_path / "deeper" / "still" / "out" / "0001").rglob("*")
    modes = {(path.suffix, path.stat().st_mode & 0o777) for path in made}
    assert {mode for suffix, mode in modes if suffix} == {0o444}
    assert {mode for suffix, mode in modes if not suffix} == {0o755}  # a web server reads it


def test_a_cluster(
    stage: Stage, printed: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/St_Johns")
    monkeypatch.setenv("PYTHONHASHSEED", "23")
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    monkeypatch.chdir(tmp_path)
    with cluster(1) as address:
        found = published(
            stage, stage.root, tmp_path / "dask", "--executor", address, PYTHONHASHSEED="5"
        )
    assert found == printed
