"""From the click to the release, in whatever way the forge brings the branch to a main that moved.

The names of commits do not survive most of these ways; what was approved does.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from qms_docs.cli import deciding
from tests.acting import Life
from tests.attacks import reviewing, scenes
from tests.attacks.stage import CONTROLLER, DOCUMENT, MANAGER, PATH, QUALITY, Stage, begun
from tests.outer import Repo

FORGE = "forge"
"""Who merges, for Git: nobody whom the authority knows."""


def squashed(stage: Stage) -> None:
    scenes.squashed(stage, "topic", FORGE, "Shorter (#7)\n\nCo-authored-by: x <q@example.com>")


def rebased(stage: Stage) -> None:
    stage.git("branch", "--quiet", "copy", "topic")
    stage.git("rebase", "--quiet", "main", "copy", who=FORGE)
    stage.git("switch", "--quiet", "main")
    stage.git("merge", "--quiet", "--ff-only", "copy")


def merged(stage: Stage) -> None:
    scenes.merged(stage, "topic", FORGE)


def queued(stage: Stage) -> None:
    """Merge on a branch of the queue's, which main then follows: as one of two in the queue."""
    stage.git("switch", "--quiet", "--create", "first", "main")
    stage.edit("manual/process.svg", "M51 20 H69", "M51 20 H60")
    stage.commit("Drawing")
    stage.git("switch", "--quiet", "--create", "queue/main/pr-7", "main")
    for branch in ("first", "topic"):
        stage.merge(branch, who=FORGE)
    stage.git("switch", "--quiet", "main")
    stage.git("merge", "--quiet", "--ff-only", "queue/main/pr-7")
    stage.git("branch", "--quiet", "--delete", "queue/main/pr-7")


WAYS = (squashed, rebased, merged, queued)


@pytest.fixture
def life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Life:
    """Return a manual with an approved pull request, and a main that has moved on since."""
    folder, home = tmp_path / "manual", tmp_path / "people"
    folder.mkdir()
    home.mkdir()
    stage = begun(folder, reviewing.before)
    monkeypatch.setattr(deciding, "now", lambda: stage.now)
    clicks = reviewing.approved_by_clicks(stage)
    (home / "event.json").write_bytes(reviewing.event(stage, *clicks))
    stage.git("switch", "--quiet", "main")
    scenes.other_change(stage)
    return Life(stage, Repo(folder.resolve(), home))


def imported(life: Life) -> list[str]:
    """Import the reviews, commit what that writes, and return its paths."""
    event = str(life.repo.home / "event.json")
    assert life.ask(CONTROLLER, "forge", "import", "--event", event).code == 0
    written = [line.split()[-1] for line in life.status()]
    if written:
        life.stage.commit("Reviews", who=CONTROLLER)
    return written


def opened(life: Life, event: str = "event.json") -> int:
    """Return the exit code of the gate."""
    return life.repo.ask("forge", "gate", "--event", str(life.repo.home / event)).code


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("is_first", [True, False], ids=["imported first", "merged first"])
def test_what_was_clicked_counts_when_it_is_merged(
    life: Life, way: Callable[[Stage], None], is_first: bool
) -> None:
    assert opened(life) == 0
    if is_first:
        assert len(imported(life)) == 1
    way(life.stage)
    if not is_first:
        assert len(imported(life)) == 1
    assert imported(life) == []
    assert life.ask(CONTROLLER, "release", DOCUMENT).code == 0
    life.stage.commit("Release", who=CONTROLLER)
    assert imported(life) == []
    assert life.stage.found() == []
    assert life.stage.in_force() == 1
    (issue,) = life.stage.ledger().issues[DOCUMENT]
    assert [each.grade for each in issue.approvals] == ["ssh", "forge", "forge"]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_word_more_in_the_merge_and_nothing_counts(
    life: Life, way: Callable[[Stage], None]
) -> None:
    way(life.stage)
    life.stage.edit(PATH, "within 10 days", "within 90 days")
    life.stage.commit("Amended in the merge", "--amend", who=FORGE)
    imported(life)
    assert life.ask(CONTROLLER, "release", DOCUMENT).code == 1


def test_of_two_pull_requests_for_one_revision_the_second_does_not_pass(life: Life) -> None:
    stage, home = life.stage, life.repo.home
    stage.git("branch", "--quiet", "--move", "topic", "first")
    reviewing.topic(stage, "within 15 days", "within 20 days")
    clicks = [reviewing.review(stage, each, pull=8) for each in (QUALITY, MANAGER)]
    (home / "second.json").write_bytes(reviewing.event(stage, *clicks, number=8))
    assert (opened(life), opened(life, "second.json")) == (0, 0)
    stage.git("switch", "--quiet", "main")
    scenes.squashed(stage, "first", FORGE)
    assert opened(life, "second.json") == 1
    imported(life)
    life.ask(CONTROLLER, "release", DOCUMENT)
    stage.commit("Release", who=CONTROLLER)
    answer = life.repo.ask("forge", "gate", "--event", str(home / "second.json"))
    assert answer.code == 1
    assert "Revision 1 of CSC-QP-01 was released before; the next one is 2." in answer.out
    assert PATH in answer.out
