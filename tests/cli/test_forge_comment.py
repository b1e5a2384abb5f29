"""`qms forge comment`: what reviewers are told of a real repository, and a server that keeps it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from qms_docs.cli import forge
from qms_docs.judge.ledger import Ledger
from qms_docs.words.errors import QmsError
from tests.acting import Life
from tests.attacks import reviewing, scenes
from tests.attacks.reviewing import Told
from tests.attacks.stage import DOCUMENT, DRAFTER, MANAGER, QUALITY, Stage, begun
from tests.forge.board import LIST, Board, standing
from tests.forge.server import TOKEN
from tests.outer import Answer, Repo

OTHER = "CSC-QM-01"
PATH, OTHER_PATH = "procedures/CSC-QP-01.md", "manual/CSC-QM-01.md"
STRANGER = 66


@pytest.fixture
def life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Life:
    """Return a manual with a set of two documents, prepared on the branch topic."""
    folder, home = tmp_path / "manual", tmp_path / "people"
    folder.mkdir()
    home.mkdir()
    stage = begun(folder, reviewing.before)
    monkeypatch.setattr(forge, "now", lambda: stage.now)
    stage.git("switch", "--quiet", "--create", "topic")
    stage.edit(PATH, "within 15 days", "within 10 days")
    stage.edit(OTHER_PATH, "\n## ", "\nThe centre learns from complaints.\n\n## ")
    prepared(stage, DOCUMENT, OTHER)
    return Life(stage, Repo(folder.resolve(), home))


def prepared(stage: Stage, *ids: str) -> None:
    stage.commit("Change of the text")
    stage.say(DRAFTER, "prepared", *ids)
    stage.commit("Prepared")


def clicks(life: Life, state: str = "APPROVED") -> list[Told]:
    return [reviewing.review(life.stage, who, state) for who in (QUALITY, MANAGER)]


def told(life: Life, *reviews: Told, language: str = "en", options: tuple[str, ...] = ()) -> str:
    """Return the comment that is written for a file with reviews."""
    file = life.repo.home / "event.json"
    file.write_bytes(reviewing.event(life.stage, *reviews))
    folder = life.repo.home / "out"
    where = ("--event", str(file), "--output", str(folder), "--no-pdf")
    answer = life.repo.ask("--lang", language, "forge", "comment", *where, *options)
    assert answer.code == 0
    assert life.status() == []
    return (folder / "comment.md").read_text("utf-8")


def part(comment: str, name: str) -> str:
    """Return what a comment says of one document."""
    found = [each for each in comment.split("\n### ") if each[3:].startswith(name)]
    assert len(found) == 1
    return found[0].partition("\n---\n")[0]


def test_who_must_approve_and_who_is_missing_is_told(life: Life) -> None:
    found = told(life, *clicks(life)[:1])
    for name in (DOCUMENT, OTHER):
        assert "- ✅ **Prepared** · signed · unchanged since Demo Drafter prepared it" in part(
            found, name
        )
        assert "· approved by pull request · unchanged since Demo Quality reviewed it" in part(
            found, name
        )
        assert "- ⬜ **Approved** · CSC-RS-01" in part(found, name)
        assert "New document, revision 1" in part(found, name) or name == OTHER


def test_a_set_of_two_keeps_the_approvals_of_the_one_that_was_not_sent_back(life: Life) -> None:
    stage, both = life.stage, clicks(life)
    assert told(life, *both).count("All approvals are there") == 4
    # Somebody remarks on the procedure, and its author changes that.
    stage.edit(PATH, "within 10 days", "within 9 days")
    prepared(stage, DOCUMENT)
    found = told(life, *both)
    kept, changed = part(found, OTHER), part(found, DOCUMENT)
    assert "All approvals are there" in kept
    assert "unchanged since Demo Manager approved it" in kept
    assert "Changed since" not in kept
    assert "Not complete: 1 of 3 given" in changed
    for person in ("Demo Quality", "Demo Manager"):
        assert f"- 🔁 **Changed since {person} approved it: approve it again**" in changed
    chinese = told(life, *both, language="zh-CN")
    assert "Demo Manager批准后有更改，须重新批准" in part(chinese, DOCUMENT)
    assert "审批已齐全" in part(chinese, OTHER)
    # They click again for what has changed; the old clicks still hold the other document.
    assert told(life, *both, *clicks(life)).count("All approvals are there") == 4
    # And so the ledger has it, when all of that lands.
    reviewing.imported(stage, *both, *clicks(life))
    scenes.let_go(stage, DOCUMENT, OTHER)
    assert (stage.in_force(DOCUMENT), stage.in_force(OTHER)) == (1, 1)


def test_changes_requested_send_back_every_document_as_the_words_say(life: Life) -> None:
    both = clicks(life)
    back = reviewing.review(life.stage, QUALITY, "CHANGES_REQUESTED")
    found = told(life, *both, back)
    assert "sends back all documents above" in found
    for name in (DOCUMENT, OTHER):
        assert "⛔ **Demo Quality has sent it back** · in the pull request" in part(found, name)
    life.stage.edit(PATH, "within 10 days", "within 9 days")
    prepared(life.stage, DOCUMENT)
    found = told(life, *both, back)
    assert "Changed since Demo Quality sent it back: look at it again" in part(found, DOCUMENT)
    assert "Changed since Demo Manager approved it" in part(found, DOCUMENT)
    found = told(life, *both, back, *clicks(life))
    assert found.count("All approvals are there") == 4


def test_who_reviews_again_takes_no_approval_of_what_did_not_change(life: Life) -> None:
    both = clicks(life)
    life.stage.edit(PATH, "within 10 days", "within 9 days")
    prepared(life.stage, DOCUMENT)
    found = told(life, *both, reviewing.review(life.stage, QUALITY))
    assert "All approvals are there" in part(found, OTHER)
    assert "unchanged since Demo Manager approved it" in part(found, OTHER)
    assert "Changed since Demo Manager approved it" in part(found, DOCUMENT)


def test_what_changes_is_compared_with_what_is_in_force(life: Life) -> None:
    stage = life.stage
    stage.git("switch", "--quiet", "main")
    stage.issued()
    stage.git("branch", "--quiet", "--delete", "--force", "topic")
    stage.git("switch", "--quiet", "--create", "topic")
    stage.edit(PATH, "revision: 1", "revision: 2")
    stage.edit(PATH, "within 15 days", "within 10 days")
    prepared(stage, DOCUMENT)
    found = told(life)
    assert "**Revision 1 → 2**" in found
    assert "within <del>15</del> <ins>10</ins> days" in found or (
        "<del>15</del><ins>10</ins>" in found
    )
    page = (life.repo.home / "out" / "review.html").read_text("utf-8")
    assert "<del>15</del><ins>10</ins>" in page
    assert "- Documents that refer to it: CSC-QM-01 Quality manual" in found
    assert "- Must read it again: CSC-RS-01" in found


def test_what_is_not_in_order_is_told_in_words(life: Life) -> None:
    life.stage.edit(PATH, "## Records\n", "## Papers\n")
    prepared(life.stage, DOCUMENT)
    assert "The section “Records” is missing." in part(told(life), DOCUMENT)


def test_a_text_that_nobody_can_read_is_told_and_not_passed_over(life: Life) -> None:
    life.stage.edit(PATH, "revision: 1", "revision: one")
    life.stage.commit("Broken")
    found = told(life)
    assert "Nothing can be said of this pull request" in found
    assert "✅" not in found


def test_a_change_of_the_authority_asks_for_signatures(life: Life) -> None:
    life.stage.amend(add_role=("drafter", "CSC-RS-01"))
    life.stage.commit("The next authority")
    found = part(told(life, *clicks(life)), "authority")
    assert "this needs signatures" in found
    assert "CSC-RS-01 General Manager · **missing**" in found or "**missing**" in found
    assert "<ins>revision: 2</ins>" in found.replace("&#8203;", "")


def test_what_the_gate_says_besides_is_told_too(life: Life) -> None:
    stage = life.stage
    stage.write({".github/workflows/qms.yml": "on: push\n"})
    stage.commit("Another check")
    stage.git("switch", "--quiet", "main")
    stage.edit(PATH, "within 15 days", "within 20 days")
    stage.commit("Meanwhile")
    found = told(life)
    assert f"{PATH} was changed on main and in the pull request" in found
    assert ".github/workflows/qms.yml" in found.replace("&#8203;", "")


def test_a_hostile_title_stays_in_its_line(life: Life) -> None:
    title = "x</details> @team <!-- qms-docs --> ✅ **Approved** fixes #1"
    life.stage.edit(PATH, "title: Complaint handling", f"title: '{title}'")
    prepared(life.stage, DOCUMENT)
    found = told(life)
    assert "</details> @" not in found
    assert "**Approved** fixes" not in found
    assert found.count("<!--") == 1
    assert "@&#8203;team" in found


def test_other_repositories_are_not_told_of(life: Life) -> None:
    file = life.repo.home / "event.json"
    file.write_bytes(reviewing.event(life.stage, repository=1))
    with pytest.raises(QmsError) as raised:
        life.repo.ask("forge", "comment", "--event", str(file))
    assert raised.value.key == "other-repository"


@pytest.mark.parametrize("url", ["http://x.example/", "https://x.example/a b", "https://x/)(", "x"])
def test_a_link_that_could_say_something_else_is_refused(life: Life, url: str) -> None:
    with pytest.raises(QmsError) as raised:
        told(life, options=("--link", url))
    assert raised.value.key == "comment-link"


def test_drafts_are_printed_beside_it(life: Life) -> None:
    file = life.repo.home / "event.json"
    file.write_bytes(reviewing.event(life.stage))
    folder = life.repo.home / "out"
    where = ("--event", str(file), "--output", str(folder))
    answer = life.repo.ask("--json", "forge", "comment", *where, "--link", "https://x.example/7/")
    names = {Path(each).name for each in answer.json["files"]}
    assert f"{DOCUMENT}.en.pdf" in names
    assert answer.json["comment"] == ""
    comment = (folder / "comment.md").read_text("utf-8")
    assert f"(https://x.example/7/{DOCUMENT}.en.pdf)" in comment
    assert "Draft for reading, not in force" in comment
    assert (folder / f"{DOCUMENT}.en.pdf").read_bytes().startswith(b"%PDF")


# --- on the pull request --------------------------------------------------------------------------


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Iterator[Board]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with standing() as found:
        yield found


def commented(life: Life, board: Board, *reviews: Told, options: tuple[str, ...] = ()) -> Answer:
    event = json.loads(reviewing.event(life.stage, *reviews))
    board.pages = reviewing.answers(event)
    where = ("--pr", "7", "--repository", reviewing.NAME, "--url", board.url, "--no-pdf")
    folder = ("--output", str(life.repo.home / "out"))
    answer = life.repo.ask("forge", "comment", *where, *folder, *options, GITHUB_TOKEN=TOKEN)
    assert answer.code == 0
    assert TOKEN not in answer.out
    return answer


def test_one_comment_is_written_left_alone_and_brought_up_to_date(life: Life, board: Board) -> None:
    board.put("A stranger's words", STRANGER)
    first = commented(life, board)
    assert first.out.endswith("Commented on pull request 7.\n")
    assert commented(life, board).out.endswith("The comment in pull request 7 is up to date.\n")
    assert board.sent == [f"POST {LIST}"]
    last = commented(life, board, *clicks(life))
    assert last.out.endswith("Brought the comment in pull request 7 up to date.\n")
    assert len(board.comments) == 2
    assert board.bodies[0] == "A stranger's words"
    assert "approved by pull request" in str(board.bodies[1])


def test_a_stranger_who_copies_our_comment_gets_none_of_ours(life: Life, board: Board) -> None:
    commented(life, board)
    copied = str(board.comments.pop()["body"])
    board.put(copied.replace("Not complete", "Complete"), STRANGER)
    commented(life, board)
    assert board.bodies[0] == copied.replace("Not complete", "Complete")
    assert board.bodies[1] == copied


def test_a_token_of_a_program_needs_its_account(life: Life, board: Board) -> None:
    board.is_known = False
    with pytest.raises(QmsError) as raised:
        commented(life, board)
    assert raised.value.key == "whose-token"
    commented(life, board, options=("--account", str(board.me)))
    assert len(board.comments) == 1


def test_the_marker_is_of_the_manual(life: Life, board: Board) -> None:
    commented(life, board)
    ledger: Ledger = life.stage.ledger()
    assert str(board.bodies[0]).startswith(f"<!-- qms-docs {ledger.genesis} 7 -->\n")
