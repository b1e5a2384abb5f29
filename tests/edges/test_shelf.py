"""Publications on the shelf: whole or not there, current by one link, kept by number."""

import hashlib
import os
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qms_docs.edges import shelf
from qms_docs.words.errors import QmsError
from qms_docs.words.publication import Manifest, PublishedFile, Unsigned
from tests.text.test_manifest import text

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def manifest_of(files: dict[str, bytes]) -> Manifest:
    pages = (
        PublishedFile(name, hashlib.sha256(data).hexdigest(), len(data))
        for name, data in files.items()
    )
    return Manifest("", "0" * 64, "1" * 40, NOW, (), tuple(pages), {})


def add(folder: Path, files: dict[str, bytes]) -> shelf.Edition:
    with shelf.opened(folder) as place:
        return place.add(files.items(), manifest_of(files))


def test_each_publication_has_a_number_and_the_last_is_current(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    add(folder, {"index.html": b"1"})
    made = add(folder, {"index.html": b"2", "coming/a.pdf": b"x"})
    assert made.number == 2
    assert (folder / "current" / "index.html").read_bytes() == b"2"
    assert (folder / "0001" / "index.html").read_bytes() == b"1"
    assert (folder / "current" / "coming" / "a.pdf").read_bytes() == b"x"
    current = shelf.Shelf(folder).current()
    assert current is not None
    assert current.manifest == made.manifest
    assert not list(folder.glob(".new-*"))


def test_signature_and_stamp_stand_beside_the_manifest(tmp_path: Path) -> None:
    with shelf.opened(tmp_path / "public") as place:
        made = place.add({"a.pdf": b"1"}.items(), manifest_of({"a.pdf": b"1"}), "seal", b"stamp")
    assert (made.seal(), made.stamp()) == ("seal", b"stamp")
    assert list(shelf.differences(made)) == []
    bare = add(tmp_path / "bare", {"a.pdf": b"1"})
    assert (bare.seal(), bare.stamp()) == ("", b"")


def test_a_build_is_what_the_signed_file_begins_with(tmp_path: Path) -> None:
    data = b"build and signature"
    file = PublishedFile("a.pdf", hashlib.sha256(data).hexdigest(), len(data))
    unsigned = Unsigned(hashlib.sha256(b"build").hexdigest(), 5, "0" * 64)
    signed = replace(text(), file=file, unsigned=unsigned)
    manifest = replace(manifest_of({}), texts=(signed,))
    with shelf.opened(tmp_path / "public") as place:
        made = place.add([("a.pdf", data)], manifest)
    assert made.build(signed) == b"build"
    assert made.build(replace(signed, unsigned=replace(unsigned, bytes=6))) is None
    assert made.build(replace(signed, file=replace(file, bytes=6))) is None
    assert made.build(replace(signed, unsigned=None)) == data


def test_nobody_changes_a_published_file_by_mistake(tmp_path: Path) -> None:
    made = add(tmp_path / "public", {"index.html": b"1"})
    assert stat.S_IMODE((made.folder / "index.html").stat().st_mode) == 0o444


def test_the_same_bytes_stand_once_on_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    add(folder, {"same.pdf": b"same", "other.pdf": b"1"})
    add(folder, {"same.pdf": b"same", "other.pdf": b"2"})
    links = {name: (folder / "0002" / name).stat().st_nlink for name in ("same.pdf", "other.pdf")}
    assert links == {"same.pdf": 2, "other.pdf": 1}


def test_a_file_that_is_not_as_named_is_not_published(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    add(folder, {"index.html": b"1"})
    for files, named in (
        ({"index.html": b"2"}, {"index.html": b"3"}),
        ({}, {"index.html": b"3"}),
        ({"index.html": b"3", "more.html": b""}, {"index.html": b"3"}),
    ):
        with shelf.opened(folder) as place, pytest.raises(QmsError, match="cannot-write"):
            place.add(files.items(), manifest_of(named))
    assert (folder / "current" / "index.html").read_bytes() == b"1"
    assert {path.name for path in folder.iterdir()} == {"0001", "current", ".lock", ".qms-output"}


def test_what_a_killed_run_has_left_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    add(folder, {"index.html": b"1"})
    (folder / ".new-abc").mkdir()
    (folder / ".new-abc" / "half").touch()
    (folder / ".new-current").symlink_to("0009")
    made = add(folder, {"index.html": b"2"})
    assert made.number == 2
    assert not list(folder.glob(".new-*"))


def test_a_publication_that_nobody_saw_keeps_its_number(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    add(folder, {"index.html": b"1"})
    (folder / "0002").mkdir()  # killed before the link was changed
    assert add(folder, {"index.html": b"2"}).number == 3


def test_two_do_not_publish_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "public"
    with shelf.opened(folder), pytest.raises(QmsError, match="shelf-in-use"), shelf.opened(folder):
        pass


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    with pytest.raises(QmsError, match="foreign-folder"), shelf.opened(tmp_path):
        pass


@pytest.mark.parametrize("change", ["bytes", "length", "gone", "link"])
def test_a_changed_file_is_none(tmp_path: Path, change: str) -> None:
    made = add(tmp_path / "public", {"a.pdf": b"1", "b.pdf": b"2"})
    file = made.folder / "a.pdf"
    os.chmod(file, 0o644)
    if change == "bytes":
        file.write_bytes(b"9")
    elif change == "length":
        file.write_bytes(b"11")
    else:
        file.unlink()
    if change == "link":
        (tmp_path / "elsewhere").write_bytes(b"9")
        file.symlink_to(tmp_path / "elsewhere")
    first, second = made.manifest.pages
    assert made.read(first) is None
    assert made.read(second) == b"2"


@pytest.mark.parametrize("left", ["nothing", "no manifest", "another manifest", "another name"])
def test_a_shelf_without_a_publication_in_order_has_none(tmp_path: Path, left: str) -> None:
    folder = tmp_path / "public"
    made = add(folder, {"index.html": b"1"})
    manifest = made.folder / "manifest.json"
    os.chmod(manifest, 0o644)
    if left == "nothing":
        (folder / "current").unlink()
    elif left == "no manifest":
        manifest.unlink()
    elif left == "another manifest":
        manifest.write_bytes(b"{}")
    else:
        (folder / "current").unlink()
        (folder / "current").symlink_to("/etc")
    assert shelf.Shelf(folder).current() is None
