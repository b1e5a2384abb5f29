"""The gate judges what a merge would make of main as it is now, whatever base the forge names."""

from pathlib import Path

import pytest

from qms_docs.edges.git import Repository
from qms_docs.words.errors import QmsError
from qms_docs.words.pullrequests import PullRequest
from qms_docs.work import gating
from tests.attacks import reviewing, scenes
from tests.attacks.stage import DOCUMENT, PATH, Stage, begun


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    folder = tmp_path / "manual"
    folder.mkdir()
    stage = begun(folder, reviewing.before)
    stage.issued()
    stage.git("switch", "--quiet", "--create", "topic")
    stage.revised("within 15 days", "within 10 days")
    stage.prepared()
    return stage


def approved(stage: Stage) -> PullRequest:
    """Return the pull request with all approvals that it needs; main goes on from here."""
    clicks = [reviewing.review(stage, who) for who in ("quality", "manager")]
    pull = reviewing.pull_request(stage, *clicks)
    stage.git("switch", "--quiet", "main")
    return pull


def judged(stage: Stage, pull: PullRequest, base: str = "") -> tuple[tuple[str, ...], list[str]]:
    """Return the documents, and code and case of all findings."""
    answer = gating.judge(Repository.open(stage.root), pull, stage.now, base)
    return answer.documents, [f"{each.code} {each.case}" for each in answer.findings]


def test_another_release_of_the_document_meanwhile_closes_the_gate(stage: Stage) -> None:
    pull = approved(stage)
    assert judged(stage, pull) == ((DOCUMENT,), [])
    stage.revised("within 15 days", "within 20 days")
    stage.issued()
    documents, found = judged(stage, pull)
    assert documents == (DOCUMENT,)
    assert found == ["QMS907 clash", "QMS908 repeated"]
    assert judged(stage, pull, pull.base) == ((DOCUMENT,), [])  # what the forge still says


def test_a_text_joined_from_two_has_nobodys_approval(stage: Stage) -> None:
    pull = approved(stage)
    stage.edit(PATH, "## Purpose\n", "## Purpose\n\nMore.\n")
    stage.commit("A draft of the next revision")
    _, found = judged(stage, pull)
    assert found == scenes.APPROVALS_MISSING
    stage.merge("topic")  # and that it is
    stage.release()
    stage.commit("Release")
    assert stage.found() == found


@pytest.mark.parametrize("is_released", [False, True])
def test_another_document_meanwhile_changes_nothing(stage: Stage, is_released: bool) -> None:
    pull = approved(stage)
    before = judged(stage, pull)
    scenes.other_change(stage)
    stage.edit("manual/process.svg", "M51 20 H69", "M51 20 H60")
    stage.commit("Drawing")
    if is_released:
        stage.issued("CSC-QM-01")
    assert judged(stage, pull) == before == ((DOCUMENT,), [])


def test_two_changes_of_one_file_are_joined_as_git_joins_them(stage: Stage) -> None:
    forms = "manual/forms.yaml"
    lines = stage.read(forms).splitlines(keepends=True)
    (stage.root / forms).write_text("".join([lines[0], *lines[1:-1], "# At the end.\n", lines[-1]]))
    stage.commit("A remark")
    pull = approved(stage)
    (stage.root / forms).write_text("".join(["# At the top.\n", *lines]))
    stage.commit("Another remark")
    assert judged(stage, pull) == ((DOCUMENT,), [])


def test_a_base_of_somebodys_own_is_refused(stage: Stage) -> None:
    """The pull request is opened against another branch, to be judged by the rules there."""
    stage.git("switch", "--quiet", "--create", "elsewhere", "main")
    stage.amend(add_role=("drafter", "CSC-RS-01"))
    stage.commit("Rules of my own")
    stage.git("switch", "--quiet", "--create", "other")
    pull = approved(stage)
    own = stage.git("rev-parse", "elsewhere").strip()
    told = PullRequest(**{**vars(pull), "base": own, "branch": "elsewhere"})
    with pytest.raises(QmsError) as raised:
        judged(stage, told, "main")
    assert raised.value.key == "other-base"


def test_a_clone_that_lags_behind_the_forge_is_told(stage: Stage) -> None:
    stage.git("update-ref", "refs/remotes/origin/main", "main~1")
    with pytest.raises(QmsError) as raised:
        judged(stage, approved(stage))
    assert raised.value.key == "other-base"


def test_the_branch_of_the_origin_comes_before_ones_own(stage: Stage) -> None:
    pull = approved(stage)
    stage.git("update-ref", "refs/remotes/origin/main", "main")
    stage.revised("within 15 days", "within 20 days")
    stage.issued()
    assert judged(stage, pull) == ((DOCUMENT,), [])
    stage.git("update-ref", "refs/remotes/origin/main", "main")
    assert "QMS907 clash" in judged(stage, pull)[1]


def test_what_is_merged_already_is_nothing_new(stage: Stage) -> None:
    pull = approved(stage)
    stage.merge("topic")
    assert judged(stage, pull) == ((), [])


def test_an_import_on_the_branch_itself_opens_nothing(stage: Stage) -> None:
    """Its workflow may have the key of an importer; the gate asks the forge."""
    clicks = [reviewing.review(stage, who) for who in ("quality", "manager")]
    told = reviewing.reviews(stage, *clicks)
    stage.put(*stage.record("controller", told))
    stage.commit("Reviews that nobody gave")
    pull = reviewing.pull_request(stage)
    stage.git("switch", "--quiet", "main")
    assert judged(stage, pull) == ((DOCUMENT,), ["QMS906 no-reviewed", "QMS906 no-approved"])


def test_no_setting_changes_a_verdict_and_what_runs_checks_is_told(stage: Stage) -> None:
    files = {
        "qms.toml": 'importers = ["CSC-RS-04"]\nskip = ["QMS906"]\n[gate]\nbase = "topic"\n',
        ".github/workflows/gate.yml": "on: push\njobs: {}\n",
    }
    stage.write(files)
    stage.commit("Settings")
    pull = reviewing.pull_request(stage, reviewing.review(stage, "quality"))
    stage.git("switch", "--quiet", "main")
    answer = gating.judge(Repository.open(stage.root), pull, stage.now)
    assert [f"{each.code} {each.case}" for each in answer.findings] == ["QMS906 no-approved"]
    assert answer.notes == tuple(sorted(files))
