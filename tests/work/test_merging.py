"""A merge is worked out as Git would make it."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms_docs.edges import commits
from qms_docs.edges.git import Repository
from qms_docs.work import merging
from tests.conftest import git

TEXTS = st.sampled_from([None, "", "1\n2\n3\n4\n5\n6\n", "0\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\n7\n",
                         "1\n2\n3\n4\n5\n6\n7\n", "\0a", "\0b"])  # fmt: skip
TREES = st.dictionaries(st.sampled_from(["a.md", "b.md"]), TEXTS, min_size=2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("merging")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "merge.renames", "false")
    git(folder, "config", "user.name", "x")
    git(folder, "config", "user.email", "x@example.com")
    return folder


def committed(folder: Path, files: dict[str, str | None], *parents: str) -> str:
    for name, text in files.items():
        (folder / name).unlink(missing_ok=True)
        if text is not None:
            (folder / name).write_text(text, "utf-8")
    git(folder, "add", "--all")
    tree = git(folder, "write-tree").strip()
    options = [word for each in parents for word in ("-p", each)]
    return git(folder, "commit-tree", *options, "-m", "x", tree).strip()


@settings(max_examples=40)
@given(base=TREES, ours=TREES, theirs=TREES)
def test_a_merge_is_what_git_makes_of_it(
    folder: Path, base: dict[str, str | None], ours: dict[str, str | None],
    theirs: dict[str, str | None],
) -> None:  # fmt: skip
    fork = committed(folder, base)
    one, other = (committed(folder, {**base, **each}, fork) for each in (ours, theirs))
    repository = Repository.open(folder)
    found = merging.merged(repository, one, other)
    try:
        tree = git(folder, "merge-tree", "--write-tree", one, other).strip()
    except subprocess.CalledProcessError:
        assert found.clashes
        return
    assert not found.clashes
    files = {path: blob for path, (_, blob) in commits.files(repository, one).items()}
    files.update({each.path: each.blob for each in found.changes})
    assert {
        path: found.contents.get(blob) or repository.read_blob(blob)
        for path, blob in files.items()
        if blob
    } == {
        path: repository.read_blob(blob)
        for path, (_, blob) in commits.files(repository, tree).items()
    }
