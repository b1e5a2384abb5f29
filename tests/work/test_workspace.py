"""A manual is read from the work tree, the index or a commit: what stands there, no more."""

import os

import pytest

from qms_docs.edges.git import Repository, Snapshot
from qms_docs.words.errors import QmsError
from qms_docs.words.manual import Manual
from qms_docs.work import checking, workspace
from tests.outer import Repo


def snapshots(repo: Repo) -> dict[str, Snapshot]:
    opened = Repository.open(repo.root)
    return {
        "work tree": opened.work_tree(),
        "index": opened.index(),
        "commit": opened.commit("HEAD"),
    }


def loaded(repo: Repo) -> Manual:
    return workspace.load(Repository.open(repo.root).work_tree())


def problems(manual: Manual) -> set[tuple[str, str, str]]:
    return {(found.code, str(found.place), found.case) for found in manual.problems}


def test_each_place_gives_its_own_manual(small: Repo) -> None:
    small.replace("procedures/CSC-QP-01.md", "title: Complaint handling", "title: Staged")
    small.git("add", "--all")
    small.replace("procedures/CSC-QP-01.md", "title: Staged", "title: Typed")
    titles = {}
    for name, snapshot in snapshots(small).items():
        manual = workspace.load(snapshot)
        document = manual.find("CSC-QP-01")
        assert document is not None
        titles[name] = document.title
        assert manual.origin == (
            small.git("rev-parse", "HEAD").strip() if name == "commit" else name
        )
        assert not manual.problems
        assert len(manual.documents) == 5
    assert titles == {"work tree": "Typed", "index": "Staged", "commit": "Complaint handling"}


def test_documents_stand_in_the_order_of_their_identification(small: Repo) -> None:
    assert [(document.id, document.language) for document in loaded(small).documents] == [
        ("CSC-QM-01", "en"),
        ("CSC-QP-01", "en"),
        ("CSC-QP-01", "zh-CN"),
        ("CSC-RS-01", "en"),
        ("CSC-RS-02", "en"),
    ]


def test_only_document_folders_hold_documents(small: Repo) -> None:
    small.write("README.md", "no document")
    small.write("docs/manual/CSC-QP-02.md", "no document")
    small.write("procedures/notes.txt", "no document")
    assert {source.path for source in loaded(small).sources} == {
        "manual/CSC-QM-01.md",
        "manual/roles/CSC-RS-01.md",
        "manual/roles/CSC-RS-02.md",
        "procedures/CSC-QP-01.md",
        "procedures/CSC-QP-01.zh-CN.md",
    }


def test_links_are_listed_but_never_read(small: Repo) -> None:
    small.write("elsewhere.md", "not under control")
    (small.root / "procedures" / "CSC-QP-02.md").symlink_to("../elsewhere.md")
    small.commit()
    for snapshot in snapshots(small).values():
        manual = workspace.load(snapshot)
        assert manual.paths["procedures/CSC-QP-02.md"] == "120000"
        assert "procedures/CSC-QP-02.md" not in manual.by_path


def told(snapshot: Snapshot) -> set[str]:
    """Return the paths that findings or an error name."""
    try:
        return {found.place.path for found in checking.check(snapshot).findings}
    except QmsError as error:
        return {error.values["path"]}


@pytest.mark.parametrize("path", ["manual/policy.yaml", "manual/forms.yaml"])
def test_a_data_file_that_is_a_link_is_not_followed(small: Repo, path: str) -> None:
    os.rename(small.root / path, small.root / "elsewhere.yaml")
    (small.root / path).symlink_to(small.root / "elsewhere.yaml")
    small.commit()
    for snapshot in snapshots(small).values():
        assert path in told(snapshot)


def test_every_broken_file_is_a_problem_and_the_others_are_read(small: Repo) -> None:
    small.write("procedures/CSC-QP-02.md", b"---\nid: CSC-QP-02\ntitle: caf\xe9\n---\n")
    small.write("procedures/CSC-QP-03.md", "no front matter")
    small.write("procedures/CSC-QP-04.md", "---\nid: [\n---\n")
    small.write("manual/forms.yaml", "entries: {}\n")
    (small.root / "manual" / "external.yaml").unlink()
    manual = loaded(small)
    assert problems(manual) == {
        ("QMS101", "procedures/CSC-QP-02.md:3:1", "encoding"),
        ("QMS101", "procedures/CSC-QP-03.md:1:1", "missing"),
        ("QMS101", "procedures/CSC-QP-04.md:3:1", "syntax"),
        ("QMS104", "manual/forms.yaml:1:1", "type"),
        ("QMS101", "manual/policy.yaml:1:1", "register"),
    }
    assert len(manual.documents) == 5
    assert manual.registers == frozenset()
    assert {"CSC-QP-02", "CSC-QP-03", "CSC-QP-04"} <= manual.identifications


def test_without_a_policy_it_is_no_manual(small: Repo) -> None:
    (small.root / "manual" / "policy.yaml").unlink()
    with pytest.raises(QmsError) as raised:
        loaded(small)
    assert raised.value.key == "no-policy"
    assert raised.value.values == {"path": "manual/policy.yaml", "origin": "work tree"}


@pytest.mark.parametrize("text", ["", "[]", "prefix: CSC\n", "prefix: [", "a: &x 1\nb: *x\n"])
def test_a_policy_that_is_not_in_order_says_where(small: Repo, text: str) -> None:
    small.write("manual/policy.yaml", text)
    with pytest.raises(workspace.UnreadablePolicyError) as raised:
        loaded(small)
    assert raised.value.findings
    assert {found.place.path for found in raised.value.findings} == {"manual/policy.yaml"}


@pytest.mark.parametrize("folder", ["../outside", "/etc", "manual/../..", "C:\\docs"])
def test_a_policy_cannot_name_a_folder_outside(small: Repo, folder: str) -> None:
    small.replace(
        "manual/policy.yaml", "folder: procedures\n", f'folder: "{folder}"\n'.replace("\\", "\\\\")
    )
    with pytest.raises(workspace.UnreadablePolicyError):
        loaded(small)
