"""What is fetched for the tests is kept only if it is what is named, and only as far as needed."""

import hashlib
import io
import json
import sys
import tarfile
from pathlib import Path

import pytest

from tools import material
from tools.material import MATERIALS, Material


def archive(**members: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as files:
        for name, data in members.items():
            facts = tarfile.TarInfo(f"package/{name}.txt")
            facts.size = len(data)
            files.addfile(facts, io.BytesIO(data))
    return made.getvalue()


def served(monkeypatch: pytest.MonkeyPatch, data: bytes, sha256: str) -> None:
    """Let a registry have an archive under the name `commonmark`."""
    kept = MATERIALS["commonmark"].kept
    monkeypatch.setitem(material.MATERIALS, "commonmark", Material("x@1", sha256, kept))
    monkeypatch.setattr(
        material, "_download", lambda _, folder: (folder / "x-1.tgz").write_bytes(data)
    )


def test_what_is_needed_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = archive(spec=b"# Text", other=b"no")
    served(monkeypatch, data, hashlib.sha256(data).hexdigest())
    (tmp_path / "commonmark").mkdir()
    (tmp_path / "commonmark" / "old.txt").touch()
    material.fetch("commonmark", tmp_path)
    assert {each.name: each.read_bytes() for each in (tmp_path / "commonmark").iterdir()} == {
        "spec.txt": b"# Text"
    }


def test_another_archive_than_named_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    served(monkeypatch, archive(spec=b"# Another text"), "0" * 64)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert material.main(["commonmark"]) == 1
    assert "digest" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_reduced_description_lacks_nothing_that_it_refers_to() -> None:
    file = Path(sys.prefix) / "github-description" / "github.json"
    told = json.loads(file.read_text("utf-8"))
    for reference in material._references(told):
        _, _, kind, name = reference.split("/")
        assert name in told["components"][kind]


def test_everything_that_is_named_is_there() -> None:
    assert all((Path(sys.prefix) / name).is_dir() for name in MATERIALS)
