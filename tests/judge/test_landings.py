"""Who has changed which file, as Git says it."""

from qms_docs.judge.landings import Authorship, arrivals
from qms_docs.words.history import GONE, Commit, FileChange

FILE = "100644"


def commit(name: str, *changes: FileChange, parent: str = "") -> Commit:
    return Commit(name, (parent,) if parent else (), 0, f"{name}@example.com", (), changes)


def added(path: str, blob: str) -> FileChange:
    return FileChange(path, GONE, "0" * 40, FILE, blob)


def changed(path: str, old: str, blob: str) -> FileChange:
    return FileChange(path, FILE, old, FILE, blob)


def deleted(path: str, blob: str) -> FileChange:
    return FileChange(path, FILE, blob, GONE, "0" * 40)


def landed(*commits: Commit) -> Authorship:
    """Return who has changed what in a line of commits; a content's first word is what it is."""
    found = Authorship(
        lambda change: (change.blob if change.mode != GONE else change.old_blob)[0],
        lambda change: (change,),
    )
    line = [
        each._replace(parents=(before.id,) if before else ())
        for before, each in zip((None, *commits), commits, strict=False)
    ]
    for arrival in arrivals(line, line[-1].id):
        found.land(arrival)
    return found


def who(found: Authorship, path: str) -> list[str]:
    return [commit.id for _, commit in found.of([path])]


def test_each_change_counts_once_in_order() -> None:
    found = landed(
        commit("a", added("p.md", "x1")),
        commit("b", changed("p.md", "x1", "x2")),
        commit("c", changed("p.md", "x2", "x1")),
    )
    assert who(found, "p.md") == ["a", "b"]


def test_a_document_takes_its_authors_along_whenever_it_comes_back() -> None:
    found = landed(
        commit("a", added("p.md", "x1"), added("q.md", "y1")),
        commit("b", deleted("p.md", "x1"), deleted("q.md", "y1")),
        commit("c", added("other.md", "z1")),
        commit("d", added("new.md", "x2")),
    )
    assert who(found, "new.md") == ["a", "d"]
    assert who(found, "other.md") == ["c"]
    assert who(found, "p.md") == []
