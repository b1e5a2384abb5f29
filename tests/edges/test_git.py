"""The door to Git, with real repositories: what stands where, whatever it is called."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

from qms_docs.edges.git import INDEX, WORK_TREE, Repository
from qms_docs.words.errors import QmsError
from qms_docs.words.paths import SUBMODULE, SYMLINK
from tests.outer import Repo, listing, repository

NAMES = (
    "投诉处理.md",
    "two words.md",
    'a "quoted" name.md',
    "a'b.md",
    "new\nline.md",
    "tab\t.md",
    "-x.md",
)


def opened(repo: Repo) -> Repository:
    return Repository.open(repo.root)


def test_each_place_gives_its_own_text(repo: Repo) -> None:
    repo.write("a.md", "committed")
    first = repo.commit()
    repo.write("a.md", "staged")
    repo.git("add", "a.md")
    repo.write("a.md", "typed")
    repository = opened(repo)
    assert repository.work_tree().read("a.md") == b"typed"
    assert repository.index().read("a.md") == b"staged"
    assert repository.commit("HEAD").read("a.md") == b"committed"
    assert repository.work_tree().origin == WORK_TREE
    assert repository.index().origin == INDEX
    assert repository.commit("main").origin == first


def test_a_deleted_file_is_gone_where_it_was_deleted(repo: Repo) -> None:
    repo.write("only-deleted.md", "1")
    repo.write("removed.md", "2")
    repo.commit()
    (repo.root / "only-deleted.md").unlink()
    repo.git("rm", "--quiet", "removed.md")
    repository = opened(repo)
    assert set(repository.work_tree().modes) == set()
    assert set(repository.index().modes) == {"only-deleted.md"}
    assert set(repository.commit("HEAD").modes) == {"only-deleted.md", "removed.md"}


def test_new_files_count_in_the_work_tree_and_ignored_ones_nowhere(repo: Repo) -> None:
    repo.write(".gitignore", "*.tmp\n/build/\n")
    repo.write("new.md", "1")
    repo.write("note.tmp", "2")
    repo.write("build/page.html", "3")
    assert set(opened(repo).work_tree().modes) == {".gitignore", "new.md"}
    assert set(opened(repo).index().modes) == set()


def test_names_are_read_as_they_are(repo: Repo) -> None:
    for name in NAMES:
        repo.write(f"a folder/{name}", name)
    repo.commit()
    repository = opened(repo)
    for snapshot in (repository.work_tree(), repository.index(), repository.commit("HEAD")):
        assert set(snapshot.modes) == {f"a folder/{name}" for name in NAMES}
        for name in NAMES:
            assert snapshot.read(f"a folder/{name}").decode() == name
    assert repository.names_ever_used() == {f"a folder/{name}" for name in NAMES}


def test_a_name_that_is_not_utf8_is_read(repo: Repo) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    (repo.root / name).write_bytes(b"1")
    repo.commit()
    for snapshot in (opened(repo).work_tree(), opened(repo).commit("HEAD")):
        assert snapshot.read(name) == b"1"


def test_modes_say_what_is_no_plain_file(repo: Repo, tmp_path: Path) -> None:
    other = repository(tmp_path / "other")
    other.write("inside.md", "1")
    other.commit()
    repo.write("plain.md", "1")
    repo.write("run.sh", "#!/bin/sh").chmod(0o755)
    (repo.root / "link.md").symlink_to("plain.md")
    (repo.root / "broken.md").symlink_to("nowhere")
    repo.git("submodule", "--quiet", "add", str(other.root), "sub")
    repo.commit()
    expected = {
        ".gitmodules": "100644",
        "plain.md": "100644",
        "run.sh": "100755",
        "link.md": SYMLINK,
        "broken.md": SYMLINK,
        "sub": SUBMODULE,
    }
    repository_ = opened(repo)
    for snapshot in (repository_.work_tree(), repository_.index(), repository_.commit("HEAD")):
        assert dict(snapshot.modes) == expected


def test_a_link_is_never_followed_in_the_work_tree(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (repo.root / "link.md").symlink_to(tmp_path / "secret")
    repo.commit()
    with pytest.raises(QmsError) as raised:
        opened(repo).work_tree().read("link.md")
    assert raised.value.key == "unreadable-file"


def test_a_folder_replaced_by_a_link_leads_nowhere(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.md").write_text("foreign")
    repo.write("roles/deep/a.md", "ours")
    repo.commit()
    (repo.root / "roles" / "deep" / "a.md").unlink()
    (repo.root / "roles" / "deep").rmdir()
    (repo.root / "roles" / "deep").symlink_to(tmp_path / "outside")
    assert dict(opened(repo).work_tree().modes) == {"roles/deep": SYMLINK}


def test_what_is_no_file_is_not_waited_for(repo: Repo) -> None:
    repo.write("a.md", "1")
    repo.commit()
    (repo.root / "a.md").unlink()
    os.mkfifo(repo.root / "a.md")
    assert dict(opened(repo).work_tree().modes) == {}


def test_a_file_that_is_too_large_is_refused(repo: Repo) -> None:
    with repo.write("large.md", "").open("r+b") as file:
        file.truncate(32 * 1024 * 1024 + 1)
    repo.git("-c", "core.compression=1", "add", "large.md")
    repo.write("after.md", "still read")
    repo.git("add", "after.md")
    for snapshot in (opened(repo).work_tree(), opened(repo).index()):
        with pytest.raises(QmsError) as raised:
            snapshot.read("large.md")
        assert raised.value.key == "file-too-large"
        assert snapshot.read("after.md") == b"still read"


def test_a_missing_object_is_an_error_not_an_empty_file(repo: Repo) -> None:
    repo.write("a.md", "1")
    repo.commit()
    blob = repo.git("rev-parse", "HEAD:a.md").strip()
    (repo.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(QmsError) as raised:
        opened(repo).commit("HEAD").read("a.md")
    assert raised.value.key == "unreadable-file"


def test_an_empty_repository_is_empty_and_has_no_commit(repo: Repo) -> None:
    repository = opened(repo)
    assert not repository.work_tree().modes
    assert not repository.index().modes
    assert repository.names_ever_used() == frozenset()
    with pytest.raises(QmsError) as raised:
        repository.commit("HEAD")
    assert raised.value.key == "no-commit"


def test_head_may_be_detached(repo: Repo) -> None:
    repo.write("a.md", "1")
    first = repo.commit()
    repo.write("a.md", "2")
    repo.commit()
    repo.git("checkout", "--quiet", "--detach", first)
    assert opened(repo).commit("HEAD").read("a.md") == b"1"
    assert opened(repo).commit("main").read("a.md") == b"2"


def test_every_folder_below_the_top_will_do(repo: Repo) -> None:
    repo.write("manual/roles/a.md", "1")
    repo.commit()
    repository = Repository.open(repo.root / "manual" / "roles")
    assert repository.root == repo.root
    expected = {"manual/roles/a.md"}
    assert set(repository.work_tree().modes) == expected
    assert set(repository.index().modes) == expected
    assert set(repository.commit("HEAD").modes) == expected


def test_a_linked_work_tree_shows_its_own_state(repo: Repo, tmp_path: Path) -> None:
    repo.write("a.md", "main")
    repo.commit()
    linked = tmp_path / "linked tree"
    repo.git("worktree", "add", "--quiet", "-b", "other", str(linked))
    (linked / "a.md").write_text("other")
    repository = Repository.open(linked)
    assert repository.root == linked.resolve()
    assert repository.work_tree().read("a.md") == b"other"
    assert repository.index().read("a.md") == b"main"


@pytest.mark.parametrize("name", ["--all", "-h", "--output=x", "", "no such", "HEAD:a.md", "@{u}"])
def test_a_commit_name_is_never_an_option(repo: Repo, name: str) -> None:
    repo.write("a.md", "1")
    repo.commit()
    before = listing(repo.root)
    with pytest.raises(QmsError) as raised:
        opened(repo).commit(name)
    assert raised.value.key == "no-commit"
    assert listing(repo.root) == before


def test_a_tag_names_its_commit(repo: Repo) -> None:
    first = repo.commit()
    repo.git("tag", "--annotate", "-m", "issue", "issue-1")
    assert opened(repo).commit("issue-1").origin == first


def test_names_that_were_ever_used_outlive_deletion_and_branches(repo: Repo) -> None:
    repo.write("root.md", "1")
    repo.commit()
    repo.git("checkout", "--quiet", "-b", "side")
    repo.write("side.md", "1")
    repo.commit()
    repo.git("checkout", "--quiet", "main")
    repo.write("renamed.md", "a text that is long enough to be found again")
    repo.commit()
    repo.git("mv", "renamed.md", "after.md")
    repo.commit()
    repo.git("rm", "--quiet", "root.md")
    repo.commit()
    names = {"root.md", "side.md", "renamed.md", "after.md"}
    assert opened(repo).names_ever_used() == names
    repo.git("config", "log.showRoot", "false")
    assert opened(repo).names_ever_used() == names


def test_a_name_that_came_with_a_merge_itself_counts_as_used(repo: Repo) -> None:
    repo.commit()
    repo.git("checkout", "--quiet", "-b", "side")
    repo.write("side.md", "1")
    repo.commit()
    repo.git("checkout", "--quiet", "main")
    repo.write("main.md", "1")
    repo.commit()
    repo.git("merge", "--quiet", "--no-commit", "side")
    repo.write("in-the-merge.md", "1")
    repo.commit()
    repo.git("rm", "--quiet", "in-the-merge.md")
    repo.commit()
    assert "in-the-merge.md" in opened(repo).names_ever_used()


def test_reading_writes_nothing(repo: Repo) -> None:
    repo.write("a.md", "1")
    repo.write("b.md", "1")
    repo.commit()
    os.utime(repo.root / "a.md", (1, 1))  # now `git status` would refresh the index
    before = listing(repo.root)
    repository = opened(repo)
    for snapshot in (repository.work_tree(), repository.index(), repository.commit("HEAD")):
        snapshot.read("a.md")
    repository.names_ever_used()
    assert listing(repo.root) == before


def test_a_folder_without_a_repository_is_named(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    with pytest.raises(QmsError) as raised:
        Repository.open(tmp_path / "plain")
    assert (raised.value.key, raised.value.values["path"]) == (
        "no-repository",
        str(tmp_path / "plain"),
    )


@pytest.mark.parametrize("what", ["bare", "inside .git"])
def test_a_repository_without_a_work_tree_is_named(repo: Repo, tmp_path: Path, what: str) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "bare"], check=True)
    start = {"bare": tmp_path / "bare", "inside .git": repo.root / ".git"}[what]
    with pytest.raises(QmsError) as raised:
        Repository.open(start)
    assert raised.value.key == "no-work-tree"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(QmsError) as raised:
        Repository.open(tmp_path / "nowhere")
    assert raised.value.key == "no-folder"


def test_a_repository_of_somebody_else_is_not_trusted(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = '#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 PATH="$TRUE_PATH" exec git "$@"\n'
    wrapper = repo.home / "git"
    wrapper.write_text(script)
    wrapper.chmod(0o755)
    monkeypatch.setenv("TRUE_PATH", os.environ["PATH"])
    monkeypatch.setenv("PATH", str(repo.home), prepend=":")
    with pytest.raises(QmsError) as raised:
        opened(repo)
    assert raised.value.key == "dubious-ownership"


def test_without_git_a_sentence_says_so(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repo.home))
    with pytest.raises(QmsError) as raised:
        opened(repo)
    assert raised.value.key == "no-git"


def test_the_executable_bit_is_the_owners(repo: Repo) -> None:
    file = repo.write("a.md", "1")
    file.chmod(0o654)
    assert opened(repo).work_tree().modes["a.md"] == "100644"
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    assert opened(repo).work_tree().modes["a.md"] == "100755"


def test_contents_are_read_at_once_without_those_that_are_missing_or_too_large(repo: Repo) -> None:
    texts = {"a.md": b"one\n", "b.md": b"", "c.md": b"x" * 100, "d.md": b"\n\0 blob 3\n"}
    for name, data in texts.items():
        (repo.root / name).write_bytes(data)
    repo.commit()
    names = {repo.git("rev-parse", f"HEAD:{name}").strip(): data for name, data in texts.items()}
    folder = repo.git("rev-parse", "HEAD^{tree}").strip()
    asked = [*names, "0" * 40, folder, *names]
    found = list(opened(repo).read_blobs(asked, largest=99))
    kept = [(name, data) for name, data in names.items() if len(data) < 100]
    assert found == [*kept, *kept]
