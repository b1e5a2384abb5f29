"""New documents get a number that nobody ever had, and are in order at once."""

import pytest

from qms_docs.edges.git import Repository
from qms_docs.words.errors import QmsError
from qms_docs.words.manual import Manual
from qms_docs.work import checking, draft, workspace
from tests.outer import Repo, listing


def opened(repo: Repo) -> Repository:
    return Repository.open(repo.root)


def loaded(repo: Repo) -> Manual:
    return workspace.load(opened(repo).work_tree())


def new(repo: Repo, kind: str, title: str = "Outbound calls", parent: str | None = None) -> str:
    file = draft.new_master(opened(repo), kind, title, parent)
    return file.relative_to(repo.root).as_posix()


def assert_in_order(repo: Repo) -> None:
    assert checking.check(opened(repo).work_tree()).findings == ()


@pytest.mark.parametrize(
    ("kind", "parent", "path"),
    [
        ("procedure", None, "procedures/CSC-QP-02.md"),
        ("procedure", "CSC-QP-01", "procedures/CSC-QP-02.md"),
        ("instruction", "CSC-QP-01", "procedures/instructions/CSC-WI-01-01.md"),
        ("role", None, "manual/roles/CSC-RS-03.md"),
    ],
)
def test_a_new_document_of_every_kind_is_in_order_at_once(
    small: Repo, kind: str, parent: str | None, path: str
) -> None:
    assert new(small, kind, parent=parent) == path
    assert_in_order(small)
    document = loaded(small).find(path.rsplit("/", 1)[1].removesuffix(".md"))
    assert document is not None
    assert (document.title, document.revision) == ("Outbound calls", 1)
    assert document.control.parent == (parent or "CSC-QM-01")


def test_a_new_document_has_the_heads_of_the_tables_that_its_sections_need(small: Repo) -> None:
    policy = small.root / "manual/policy.yaml"
    plain = "{en: Steps, zh-CN: 操作步骤}"
    needing = plain.replace("}", ", tables: [steps, handovers]}")
    policy.write_text(policy.read_text("utf-8").replace(plain, needing), "utf-8")
    text = (small.root / new(small, "instruction", parent="CSC-QP-01")).read_text("utf-8")
    assert (
        "\n\n| Step | Role | Action | Record | Time limit |\n|---|---|---|---|---|\n\n| From |"
        in text
    )
    assert_in_order(small)
    policy.write_text(policy.read_text("utf-8").replace("[steps, ", "[steps, inputs, "), "utf-8")
    (finding,) = checking.check(opened(small).work_tree()).findings
    assert (finding.code, finding.values["kind"]) == ("QMS602", "inputs")


def test_the_first_manual_has_nothing_above_it(small: Repo) -> None:
    small.git("rm", "--quiet", "-r", "manual/CSC-QM-01.md", "manual/process.svg")
    assert new(small, "manual", "Quality manual") == "manual/CSC-QM-02.md"
    document = loaded(small).find("CSC-QM-02")
    assert document is not None
    assert document.control.parent is None


@pytest.mark.parametrize(
    "title",
    [
        *("A: b", "# no comment", "- item", "'quoted' \"twice\"", "true", "012", "质量：记录"),
        *("{a}", "100 %", "a\\b", "&anchor *alias", "…", "a" * 200),
    ],
)
def test_a_title_is_kept_whatever_it_looks_like(small: Repo, title: str) -> None:
    path = new(small, "procedure", title)
    assert_in_order(small)
    document = loaded(small).find("CSC-QP-02")
    assert document is not None
    assert (document.title, document.path) == (title, path)


@pytest.mark.parametrize("title", ["", "a" * 201])
def test_a_title_that_fits_nowhere_writes_nothing(small: Repo, title: str) -> None:
    before = listing(small.root)
    with pytest.raises(QmsError):
        new(small, "procedure", title)
    assert listing(small.root) == before


def test_the_number_of_a_deleted_document_is_not_given_again(small: Repo) -> None:
    assert new(small, "role") == "manual/roles/CSC-RS-03.md"
    small.commit("Write a role")
    small.git("rm", "--quiet", "manual/roles/CSC-RS-03.md")
    small.commit("Delete it")
    assert new(small, "role") == "manual/roles/CSC-RS-04.md"


def test_a_number_of_another_branch_or_another_folder_is_taken(small: Repo) -> None:
    small.git("checkout", "--quiet", "-b", "other")
    small.write("old/place/CSC-QP-07.md", "once a document")
    small.commit("On a branch")
    small.git("checkout", "--quiet", "main")
    assert new(small, "procedure") == "procedures/CSC-QP-08.md"
    small.write("procedures/CSC-QP-11.md", "not in order yet")
    assert new(small, "procedure") == "procedures/CSC-QP-12.md"


def test_instructions_are_counted_under_their_procedure(small: Repo) -> None:
    new(small, "procedure")
    assert new(small, "instruction", parent="CSC-QP-01").endswith("/CSC-WI-01-01.md")
    assert new(small, "instruction", parent="CSC-QP-02").endswith("/CSC-WI-02-01.md")
    assert new(small, "instruction", parent="CSC-QP-01").endswith("/CSC-WI-01-02.md")
    assert_in_order(small)


@pytest.mark.parametrize(
    ("kind", "parent", "key"),
    [
        ("letter", None, "no-type"),
        ("", None, "no-type"),
        ("procedure", "CSC-QP-99", "no-document"),
        ("procedure", "CSC-FM-01-01", "no-document"),
        ("instruction", None, "needs-parent"),
        ("instruction", "CSC-RS-01", "needs-parent"),
    ],
)
def test_what_does_not_fit_writes_nothing(
    small: Repo, kind: str, parent: str | None, key: str
) -> None:
    before = listing(small.root)
    with pytest.raises(QmsError) as raised:
        new(small, kind, parent=parent)
    assert raised.value.key == key
    assert listing(small.root) == before


def test_when_all_numbers_are_used_it_says_so(small: Repo) -> None:
    small.write("procedures/CSC-QP-99.md", "the last")
    with pytest.raises(QmsError) as raised:
        new(small, "procedure")
    assert raised.value.key == "no-free-number"


def test_a_translation_lacks_only_what_its_master_states(small: Repo) -> None:
    file = draft.new_translation(opened(small), "CSC-RS-02", None, "质量经理")
    assert file == small.root / "manual/roles/CSC-RS-02.zh-CN.md"
    findings = checking.check(opened(small).work_tree()).findings
    assert {finding.code for finding in findings} == {"QMS720"}
    document = loaded(small).find("CSC-RS-02", "zh-CN")
    assert document is not None
    assert (document.title, document.translation_of) == ("质量经理", 1)


@pytest.mark.parametrize(
    ("identification", "language", "key"),
    [
        ("CSC-QP-01", None, "already-there"),
        ("CSC-QP-99", None, "no-document"),
        ("CSC-RS-01", "fr", "not-a-language"),
        ("CSC-RS-01", "en", "not-a-language"),
    ],
)
def test_a_translation_that_does_not_fit_writes_nothing(
    small: Repo, identification: str, language: str | None, key: str
) -> None:
    before = listing(small.root)
    with pytest.raises(QmsError) as raised:
        draft.new_translation(opened(small), identification, language, "标题")
    assert raised.value.key == key
    assert listing(small.root) == before


def test_a_file_that_is_there_is_never_overwritten(small: Repo) -> None:
    """A file that Git ignores is in no snapshot, but it is somebody's file."""
    small.write(".git/info/exclude", "CSC-QP-02.md\n")
    file = small.write("procedures/CSC-QP-02.md", "mine")
    with pytest.raises(QmsError) as raised:
        new(small, "procedure")
    assert raised.value.key == "already-there"
    assert file.read_text() == "mine"


def test_nothing_is_written_outside_through_a_link(small: Repo) -> None:
    outside = small.root.parent / "outside"
    outside.mkdir()
    (small.root / "procedures" / "instructions").symlink_to(outside)
    with pytest.raises(QmsError):
        new(small, "instruction", parent="CSC-QP-01")
    assert list(outside.iterdir()) == []
