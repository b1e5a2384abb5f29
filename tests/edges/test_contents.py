"""What bodies contain is remembered; whatever becomes of the file, the verdict is the same."""

import pickle
import sqlite3
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms_docs.edges import contents
from qms_docs.edges.contents import ContentCache
from qms_docs.text import markdown
from tests.conftest import BASE, tree
from tests.outer import Repo

BODY = "## A\n\n[x](y.md#z) ![i](i.png) CSC-QP-77 {{p}}\n\n| a |\n|---|\n| [b](c.md) |\n\n> 😀\n"
DOT = "\n```dot\n// alt: x\ndigraph { a }\n```\n"
FOUND = markdown.read(BODY + DOT, "a.md", 3)


class Reads:
    """Counts how often a body is read anew."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        original = markdown.read

        def read(body: str, path: str, first_line: int) -> object:
            self.count += 1
            return original(body, path, first_line)

        monkeypatch.setattr(contents.markdown, "read", read)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    return Reads(monkeypatch)


def ask(file: Path, body: str = BODY + DOT, path: str = "a.md", line: int = 3) -> object:
    with ContentCache(file) as cache:
        return cache.read(body, path, line)


def test_a_body_is_read_once(tmp_path: Path, reads: Reads) -> None:
    file = tmp_path / "new" / "contents.sqlite"
    assert ask(file) == ask(file) == ask(file) == FOUND
    assert reads.count == 1


@pytest.mark.parametrize(
    "other", [("x", "a.md", 3), (BODY + DOT, "b.md", 3), (BODY + DOT, "a.md", 4)]
)
def test_another_body_place_or_line_is_another_entry(
    tmp_path: Path, reads: Reads, other: tuple[str, str, int]
) -> None:
    file = tmp_path / "contents.sqlite"
    ask(file)
    assert ask(file, *other) == markdown.read(*other)
    assert reads.count == 3


def test_another_program_reads_anew(
    tmp_path: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(tmp_path / "contents.sqlite")
    monkeypatch.setattr(contents, "_program", lambda: "another")
    ask(tmp_path / "contents.sqlite")
    assert reads.count == 2


def change(file: Path, value: Callable[[bytes], object]) -> None:
    """Change the value of every entry."""
    with sqlite3.connect(file) as database:
        for key, old in database.execute("SELECT key, value FROM contents").fetchall():
            database.execute("UPDATE contents SET value = ? WHERE key = ?", (value(old), key))
    database.close()


@pytest.mark.parametrize(
    "damaged",
    [
        lambda _: b"",
        lambda value: value[:-1],
        lambda value: value[:40] + bytes([value[40] ^ 1]) + value[41:],
        lambda _: "text",
        lambda _: 7,
    ],
    ids=["empty", "cut", "flipped", "text", "number"],
)
def test_a_damaged_entry_is_none(
    tmp_path: Path, reads: Reads, damaged: Callable[[bytes], object]
) -> None:
    file = tmp_path / "contents.sqlite"
    ask(file)
    change(file, damaged)
    assert ask(file) == FOUND
    assert reads.count == 2
    assert ask(file) == FOUND
    assert reads.count == 2  # it has been put right


def test_the_entry_of_another_body_is_none(tmp_path: Path, reads: Reads) -> None:
    file = tmp_path / "contents.sqlite"
    ask(file)
    ask(file, "other")
    with sqlite3.connect(file) as database:
        rows = database.execute("SELECT key, value FROM contents").fetchall()
        for (key, _), (_, value) in zip(rows, reversed(rows), strict=True):
            database.execute("UPDATE contents SET value = ? WHERE key = ?", (value, key))
    database.close()
    assert ask(file) == FOUND
    assert reads.count == 3


class Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (Path("evil"),)


@pytest.mark.parametrize("made_up", [Evil(), "text", (1, 2)], ids=["order", "text", "tuple"])
def test_a_made_up_entry_runs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_up: object
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "contents.sqlite"
    ask(file)
    with sqlite3.connect(file) as database:
        ((key,),) = database.execute("SELECT key FROM contents").fetchall()
    database.close()
    data = pickle.dumps(made_up)
    change(file, lambda _: sha256(key + data).digest() + data)
    assert ask(file) == FOUND
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("file", ["folder", "file/contents.sqlite", "foreign", "other-table"])
def test_where_there_can_be_no_cache_it_goes_without(tmp_path: Path, file: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "foreign").write_bytes(b"no database at all" * 99)
    with sqlite3.connect(tmp_path / "other-table") as database:
        database.execute("CREATE TABLE contents (a)")
    database.close()
    assert ask(tmp_path / file) == FOUND


def test_a_file_that_is_no_database_is_replaced(tmp_path: Path, reads: Reads) -> None:
    file = tmp_path / "contents.sqlite"
    file.write_bytes(b"no database at all" * 99)
    assert ask(file) == ask(file) == FOUND
    assert reads.count == 1


def test_two_may_write_at_once(tmp_path: Path, reads: Reads) -> None:
    file = tmp_path / "contents.sqlite"
    errors: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for part in range(20):
                ask(file, f"{number} {part}")
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert ask(file, "0 0") == markdown.read("0 0", "a.md", 3)


def test_the_oldest_go_when_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "MOST", 10)
    file = tmp_path / "contents.sqlite"
    for number in range(25):
        ask(file, str(number))
    with sqlite3.connect(file) as database:
        ((count,),) = database.execute("SELECT count(*) FROM contents").fetchall()
    database.close()
    assert count <= 10


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=64)), min_size=1))
def test_no_damage_changes_an_answer(tmp_path: Path, damages: list[tuple[float, bytes]]) -> None:
    file = tmp_path / "contents.sqlite"
    file.unlink(missing_ok=True)
    ask(file)
    data = bytearray(file.read_bytes())
    for where, what in damages:
        start = int(where * len(data))
        data[start : start + len(what)] = what
    file.write_bytes(data)
    assert ask(file) == FOUND


def test_the_command_says_the_same_with_and_without(small: Repo, own_home: Path) -> None:
    small.write("procedures/CSC-QP-09.md", tree(BASE)["procedures/CSC-QP-01.md"])
    answers = [small.ask("check", "--json"), small.ask("check", "--json")]
    assert (own_home / ".cache" / "qms" / "contents.sqlite").exists()
    answers.append(small.ask("check", "--json", "--no-cache"))
    assert len({answer.out for answer in answers}) == 1
    assert answers[0].code == 1
