"""A check reads everything, and tells what was asked for."""

import pytest

from qms_docs.edges.git import Repository
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Report
from qms_docs.work import checking
from tests.outer import Repo, listing


@pytest.fixture
def faulty(small: Repo) -> Repo:
    """Return the small manual with a fault in two files and one that two files cause together."""
    small.replace("procedures/CSC-QP-01.md", "#description-of-activities", "#nowhere")
    small.replace("manual/CSC-QM-01.md", "../procedures/CSC-QP-01.md", "../procedures/CSC-QP-02.md")
    (small.root / "manual" / "roles" / "CSC-RS-01.md").unlink()
    return small


def checked(repo: Repo, *paths: str) -> Report:
    return checking.check(Repository.open(repo.root).work_tree(), paths)


def places(report: Report) -> set[tuple[str, str]]:
    return {(found.code, found.place.path) for found in report.findings}


ROLE = {("QMS506", "procedures/CSC-QP-01.md"), ("QMS506", "manual/CSC-QM-01.md")}
PROCEDURES = {("QMS506", "procedures/CSC-QP-01.md"), ("QMS503", "procedures/CSC-QP-01.md")}


def test_without_a_path_all_is_told(faulty: Repo) -> None:
    assert places(checked(faulty)) >= ROLE | PROCEDURES | {("QMS502", "manual/CSC-QM-01.md")}
    assert checked(faulty).findings == checked(faulty, ".").findings


@pytest.mark.parametrize("path", ["procedures", "procedures/CSC-QP-01.md"])
def test_with_a_path_what_lies_there_is_told_with_causes_elsewhere(faulty: Repo, path: str) -> None:
    report = checked(faulty, path)
    translation = {("QMS720", "procedures/CSC-QP-01.zh-CN.md")}  # its link leads elsewhere now
    assert places(report) - translation == PROCEDURES
    assert report.documents == 4  # all were read


def test_paths_add_up(faulty: Repo) -> None:
    both = checked(faulty, "procedures", "manual/CSC-QM-01.md", "manual/CSC-QM-01.md")
    assert places(both) > PROCEDURES
    assert len(both.findings) == len({str(found) for found in both.findings})
    assert places(checked(faulty, "procedures", ".")) == places(checked(faulty))


@pytest.mark.parametrize("path", ["proc", "procedures/CSC-QP-01", "nowhere", "procedures/CSC-QP-9"])
def test_a_path_that_is_not_there_is_an_error(faulty: Repo, path: str) -> None:
    with pytest.raises(QmsError) as raised:
        checked(faulty, path)
    assert raised.value.key == "no-path"


def test_a_broken_policy_is_the_only_news(faulty: Repo) -> None:
    faulty.write("manual/policy.yaml", "prefix: 1\nstatus: approved\n")
    report = checked(faulty)
    assert {code for code, _ in places(report)} == {"QMS102", "QMS103", "QMS104"}
    assert {path for _, path in places(report)} == {"manual/policy.yaml"}
    assert report.documents == 0


def test_a_check_writes_nothing(faulty: Repo) -> None:
    before = listing(faulty.root)
    for snapshot in (
        Repository.open(faulty.root).work_tree(),
        Repository.open(faulty.root).index(),
        Repository.open(faulty.root).commit("HEAD"),
    ):
        checking.check(snapshot)
    assert listing(faulty.root) == before


def test_the_same_is_said_in_the_same_order(faulty: Repo) -> None:
    first, second = checked(faulty), checked(faulty)
    assert first == second
    assert [found.place for found in first.findings] == sorted(
        found.place for found in first.findings
    )
