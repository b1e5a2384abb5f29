"""Files and folders are written whole or not at all, and nothing of others is replaced."""

import os
import stat
from pathlib import Path

import pytest

from qms_docs.edges import store
from qms_docs.words.errors import QmsError


def key_of(raised: pytest.ExceptionInfo[QmsError]) -> str:
    return raised.value.key


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    store.write_file(tmp_path / "a folder" / "文件.txt", "内容".encode())
    assert (tmp_path / "a folder" / "文件.txt").read_text("utf-8") == "内容"
    assert names(tmp_path) == {"a folder", "a folder/文件.txt"}


def test_everybody_may_read_what_is_written(tmp_path: Path) -> None:
    store.write_file(tmp_path / "a", b"1")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o644


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    with file.open("rb") as reader:
        store.write_file(file, b"new")
        assert reader.read() == b"old"  # who reads the old file, reads all of it
    assert file.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_file_is_untouched_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, step, full)
    with pytest.raises(QmsError) as raised:
        store.write_file(tmp_path / "a", b"new")
    assert key_of(raised) == "cannot-write"
    assert raised.value.values["detail"] == "No space left on device"
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == {"a"}


def test_an_interruption_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.write_file(tmp_path / "a", b"new")
    assert names(tmp_path) == set()


@pytest.mark.parametrize("place", ["file/below", "folder"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder" / "full").mkdir(parents=True)
    with pytest.raises(QmsError) as raised:
        store.write_file(tmp_path / place, b"1")
    assert key_of(raised) == "cannot-write"
    assert raised.value.values["path"] == str(tmp_path / place)
    assert names(tmp_path) == {"file", "folder", "folder/full"}


@pytest.mark.parametrize("what", ["file", "link", "broken link", "folder"])
def test_a_new_file_replaces_nothing(tmp_path: Path, what: str) -> None:
    place = tmp_path / "a"
    match what:
        case "file":
            place.write_bytes(b"old")
        case "link" | "broken link":
            (tmp_path / "link").write_bytes(b"old")
            place.symlink_to(what)
        case "folder":
            place.mkdir()
    before = place.lstat()
    with pytest.raises(QmsError) as raised:
        store.create_file(place, b"new")
    assert key_of(raised) == "already-there"
    assert place.lstat() == before


def test_an_output_folder_is_made_and_marked(tmp_path: Path) -> None:
    store.claim_folder(tmp_path / "new" / "out")
    store.claim_folder(tmp_path / "new" / "out")
    assert names(tmp_path) == {"new", "new/out", f"new/out/{store.MARKER}"}


def test_an_empty_folder_may_become_the_output(tmp_path: Path) -> None:
    store.claim_folder(tmp_path)
    assert names(tmp_path) == {store.MARKER}


@pytest.mark.parametrize("content", ["a file in it", "a hidden file in it", "it is a file"])
def test_a_foreign_folder_is_never_taken(tmp_path: Path, content: str) -> None:
    place = tmp_path / "theirs"
    if content == "it is a file":
        place.write_bytes(b"theirs")
    else:
        place.mkdir()
        (place / (".git" if "hidden" in content else "thesis.doc")).write_bytes(b"theirs")
    before = names(tmp_path)
    with pytest.raises(QmsError) as claimed:
        store.claim_folder(place)
    with pytest.raises(QmsError) as replaced, store.replaced_folder(place):
        pytest.fail("the block must not run")
    assert key_of(claimed) == key_of(replaced) == "foreign-folder"
    assert names(tmp_path) == before


def test_a_folder_is_replaced_when_all_is_done(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    with store.replaced_folder(out) as fresh:
        (fresh / "first").write_bytes(b"1")
        assert not out.exists()
    assert names(out) == {"first", store.MARKER}
    with store.replaced_folder(out) as fresh:
        (fresh / "second").write_bytes(b"2")
        assert names(out) == {"first", store.MARKER}
    assert names(out) == {"second", store.MARKER}
    assert names(tmp_path) == {"deep", "deep/out", "deep/out/second", f"deep/out/{store.MARKER}"}
    assert stat.S_IMODE(out.stat().st_mode) == 0o755


def fail(file: Path, error: type[BaseException]) -> None:
    file.write_bytes(b"2")
    raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("before", [True, False], ids=["there before", "not there before"])
def test_a_failure_leaves_the_folder_as_it_was(
    tmp_path: Path, error: type[BaseException], before: bool
) -> None:
    out = tmp_path / "out"
    if before:
        with store.replaced_folder(out) as fresh:
            (fresh / "old").write_bytes(b"1")
    was = names(tmp_path)
    with pytest.raises(error), store.replaced_folder(out) as fresh:
        fail(fresh / "new", error)
    assert names(tmp_path) == was


def test_the_old_folder_comes_back_when_the_exchange_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with store.replaced_folder(out) as fresh:
        (fresh / "old").write_bytes(b"1")
    was, rename, calls = names(tmp_path), os.rename, []

    def fail_once(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "rename", fail_once)
    with pytest.raises(QmsError) as raised, store.replaced_folder(out) as fresh:
        (fresh / "new").write_bytes(b"2")
    assert key_of(raised) == "cannot-write"
    assert names(tmp_path) == was


def test_a_folder_that_cannot_be_moved_is_an_error_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mount point, for example, can be written but not moved."""

    def busy(*_: object) -> None:
        raise OSError(16, "Device or resource busy")

    store.claim_folder(tmp_path / "out")
    monkeypatch.setattr(os, "rename", busy)
    with pytest.raises(QmsError) as raised, store.replaced_folder(tmp_path / "out"):
        pass
    assert key_of(raised) == "cannot-write"
    assert names(tmp_path) == {"out", f"out/{store.MARKER}"}


def test_a_link_to_the_output_stays_a_link(tmp_path: Path) -> None:
    store.claim_folder(tmp_path / "real")
    (tmp_path / "out").symlink_to("real")
    with store.replaced_folder(tmp_path / "out") as fresh:
        (fresh / "new").write_bytes(b"1")
    assert (tmp_path / "out").is_symlink()
    assert names(tmp_path / "real") == {"new", store.MARKER}


def test_the_present_folder_can_be_the_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    with store.replaced_folder(Path()) as fresh:
        (fresh / "new").write_bytes(b"1")
    assert names(tmp_path / "out") == {"new", store.MARKER}
