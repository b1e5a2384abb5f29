"""News of the file system: every way of saving is noticed, reading and editors' litter are not."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.observers.inotify_c import (
    InotifyConstants,
    InotifyEvent,
    InotifyFD,
    WatchDescriptor,
)

from qms_docs.edges.watching import EVERYTHING, Changes, index_lock, matters, watching
from qms_docs.words.errors import QmsError
from tests.outer import Repo, wait_for

# A folder that comes with another in it may be noticed twice, of which Watchdog warns.
pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")


@pytest.fixture
def watched(small: Repo) -> Iterator[tuple[Repo, Changes]]:
    """Yield a manual and the changes below it."""
    with watching(small.root) as changes:
        yield small, changes


def heard(changes: Changes, *expected: str, quiet: float = 0.7) -> set[str]:
    """Return all that comes until what is expected has come, and then nothing for a while."""
    paths: set[str] = set()
    while more := changes.take(quiet if paths.issuperset(expected) else 20):
        paths |= more
    return paths


FILE = "procedures/CSC-QP-01.md"


def plainly(file: Path) -> None:
    file.write_text("new")


def like_vs_code(file: Path) -> None:
    with file.open("w") as stream:  # it is empty for a moment
        time.sleep(0.02)
        stream.write("new")


def by_rename(file: Path) -> None:
    other = file.with_name("f4a91c")
    other.write_text("new")
    other.replace(file)


def like_vim(file: Path) -> None:
    swap = file.with_name(f".{file.name}.swp")
    swap.write_text("swap")
    probe = file.with_name("4913")
    probe.touch()
    probe.unlink()
    backup = file.with_name(f"{file.name}~")
    file.rename(backup)
    file.write_text("new")
    backup.unlink()
    swap.unlink()


def like_gedit(file: Path) -> None:
    other = file.with_name(".goutputstream-8Q2K31")
    other.write_text("new")
    file.rename(file.with_name(f"{file.name}~"))
    other.rename(file)


def in_place(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.seek(5)
        stream.write(b"xx")


SAVES = (plainly, like_vs_code, by_rename, like_vim, like_gedit, in_place)


@pytest.mark.parametrize("save", SAVES)
def test_every_way_of_saving_is_noticed(
    save: Callable[[Path], None], watched: tuple[Repo, Changes]
) -> None:
    repo, changes = watched
    save(repo.root / FILE)
    assert heard(changes, FILE) - {"procedures/f4a91c"} == {FILE}


def test_reading_is_no_news(watched: tuple[Repo, Changes]) -> None:
    repo, changes = watched
    for file in repo.root.rglob("*"):
        if file.is_file():
            file.read_bytes()
    repo.git("status")
    assert heard(changes) <= {".git/index"}  # which `git status` refreshes
    repo.git("ls-files")
    assert heard(changes) == set()


def test_what_git_does_inside_is_no_news_but_its_end_is(watched: tuple[Repo, Changes]) -> None:
    repo, changes = watched
    repo.write(FILE, "new")
    repo.commit()
    expected = {FILE, ".git/index", ".git/refs/heads/main"}
    paths = heard(changes, *expected)
    assert expected <= paths
    assert {path for path in paths if path.startswith(".git/")} <= {
        ".git/index",
        ".git/HEAD",
        ".git/refs/heads/main",
        ".git/refs/heads/",
    }


def test_folders_that_come_move_and_go(watched: tuple[Repo, Changes]) -> None:
    repo, changes = watched

    def told(*expected: str) -> bool:
        return heard(changes, *expected).issuperset(expected)

    repo.write("one/two/file.md", "text")
    assert told("one/", "one/two/", "one/two/file.md")
    repo.write("one/two/file.md", "changed")
    assert told("one/two/file.md")
    (repo.root / "one").rename(repo.root / "other")
    assert told("one/", "other/")
    repo.write("other/two/file.md", "text")
    assert told("other/two/file.md")
    (repo.root / "other/two/file.md").unlink()
    (repo.root / "other/two").rmdir()
    assert told("other/two/file.md", "other/two/")
    assert repo.write("other/two/file.md", "and back")
    assert told("other/two/", "other/two/file.md")


def test_folders_that_come_one_after_another_are_all_watched(watched: tuple[Repo, Changes]) -> None:
    """A folder can fill up before the system is asked to watch it."""
    repo, changes = watched
    paths = [f"one/{number}/two/three/file.md" for number in range(100)]
    for path in paths:
        repo.write(path, "text")
    heard(changes, *paths)
    for path in paths:
        repo.write(path, "changed")
    assert heard(changes, *paths).issuperset(paths)


def test_news_that_the_system_has_dropped_is_news_of_everything(
    watched: tuple[Repo, Changes], capfd: pytest.CaptureFixture[str]
) -> None:
    repo, changes = watched
    reader = next(thread for thread in threading.enumerate() if isinstance(thread, InotifyFD))
    reader.handle_event(InotifyEvent(WatchDescriptor(-1), InotifyConstants.IN_Q_OVERFLOW, 0, b""))
    assert EVERYTHING in heard(changes, EVERYTHING)
    repo.write(FILE, "new")
    assert FILE in heard(changes, FILE)
    assert capfd.readouterr() == ("", "")


def test_a_checkout_of_a_thousand_files(small: Repo) -> None:
    names = {f"procedures/x{number:04}.md" for number in range(1000)}
    small.git("checkout", "--quiet", "-b", "many")
    for name in names:
        small.write(name, "text")
    small.commit()
    small.git("checkout", "--quiet", "main")
    with watching(small.root) as changes:
        small.git("checkout", "--quiet", "many")
        assert names <= heard(changes, *names)


def test_files_with_names_that_are_no_text(watched: tuple[Repo, Changes]) -> None:
    repo, changes = watched
    name = os.fsdecode(b"procedures/\xff.md")
    (repo.root / name).write_text("text")
    assert name in heard(changes, name)


@pytest.mark.parametrize(
    "path",
    ["a.md", "a/b/c.svg", "a/", ".gitignore", ".git/index", ".git/HEAD", ".git/refs/heads/x/y"],
)
def test_a_path_that_matters(path: str) -> None:
    assert matters(path)


@pytest.mark.parametrize(
    "path",
    [
        "a.md~", "d/.a.md.swp", "d/.a.md.swx", "d/4913", "d/#a.md#", "d/.#a.md", "d/a.md.tmp",
        "d/.goutputstream-X1", "d/.a.md.kate-swp", "d/a.md___jb_tmp___", "d/~$a.docx",
        "d/.~lock.a.ods#", ".DS_Store", ".git/", ".git/index.lock", ".git/objects/ab/cd",
        ".git/COMMIT_EDITMSG", ".git/refs/heads/main.lock", "lib/.git/index",
    ],
)  # fmt: skip
def test_a_path_that_does_not(path: str) -> None:
    assert not matters(path)


def test_taking_waits_as_long_as_it_is_told() -> None:
    changes = Changes()
    start = time.monotonic()
    assert changes.take(0.1) == set()
    assert 0.1 <= time.monotonic() - start < 1
    threading.Timer(0.1, changes.add, ["a"]).start()
    assert changes.take() == {"a"}
    threading.Timer(0.1, changes.wake).start()
    assert changes.take() == set()
    assert changes.take(0) == set()


def test_nothing_that_many_threads_add_is_lost_or_told_twice() -> None:
    changes = Changes()
    threads = [
        threading.Thread(target=lambda n=n: [changes.add(f"{n}/{i}") for i in range(500)])
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    told: list[str] = []
    while len(told) < 2000:
        more = changes.take(5)
        assert more
        told += more
    assert len(set(told)) == len(told) == 2000


def test_the_lock_of_git_in_a_work_tree_and_in_a_linked_one(small: Repo) -> None:
    assert index_lock(small.root) == small.root / ".git" / "index.lock"
    small.git("worktree", "add", "--quiet", "../linked")
    linked = small.root.parent / "linked"
    said = Repo(linked, small.home).git("rev-parse", "--git-path", "index.lock").strip()
    assert index_lock(linked) == Path(said)


def test_a_folder_that_cannot_be_watched(tmp_path: Path) -> None:
    with pytest.raises(QmsError) as raised, watching(tmp_path / "nowhere"):
        pass
    assert (raised.value.key, raised.value.values["path"]) == (
        "cannot-watch",
        str(tmp_path / "nowhere"),
    )


def test_nothing_is_left_when_it_ends(small: Repo) -> None:
    before = set(threading.enumerate())
    with watching(small.root):
        assert set(threading.enumerate()) > before
    assert wait_for(lambda: set(threading.enumerate()) <= before)
