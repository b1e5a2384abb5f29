"""Our one comment in a pull request: found, written once, renewed; a stranger's is left alone."""

from collections.abc import Iterator

import pytest

from qms_docs.edges.http import TRIES, UnclearError
from qms_docs.forge import github, githubcomments
from qms_docs.words.errors import QmsError
from tests.forge.board import LIST, ME, Board, standing
from tests.forge.payloads import NAME
from tests.forge.server import TOKEN

MARKER = f"<!-- qms-docs {'0' * 64} 7 -->"
BODY = f"{MARKER}\n\n## What changes\n"
STRANGER = 66


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Iterator[Board]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with standing() as found:
        yield found


def told(board: Board, waits: list[float], body: str = BODY, account: int = 0) -> str:
    service = github.service(board.url, TOKEN, waits.append)
    return githubcomments.told(service, NAME, 7, MARKER, body, account)


def refused(board: Board, waits: list[float], account: int = 0) -> QmsError:
    with pytest.raises(QmsError) as raised:
        told(board, waits, account=account)
    assert TOKEN not in repr(raised.value)
    return raised.value


def test_the_first_time_a_comment_is_written(board: Board, waits: list[float]) -> None:
    board.put("Looks good to me", STRANGER)
    assert told(board, waits) == "created"
    assert board.bodies == ["Looks good to me", BODY]


def test_afterwards_it_is_brought_up_to_date_in_its_place(board: Board, waits: list[float]) -> None:
    board.put(f"{MARKER}old")
    board.put("In between", STRANGER)
    assert told(board, waits) == "updated"
    assert board.bodies == [BODY, "In between"]
    assert len(board.sent) == 1


@pytest.mark.parametrize("kept", [BODY, BODY.rstrip(), BODY.replace("\n", "\r\n")])
def test_what_stands_there_already_is_not_sent(board: Board, waits: list[float], kept: str) -> None:
    board.put(kept)
    assert told(board, waits) == "unchanged"
    assert board.sent == []


@pytest.mark.parametrize("account", [STRANGER, None])
def test_a_strangers_comment_with_our_marker_is_left_alone(
    board: Board, waits: list[float], account: int | None
) -> None:
    board.put(f"{MARKER}All approvals are there", account)
    assert told(board, waits) == "created"
    assert board.bodies == [f"{MARKER}All approvals are there", BODY]


def test_a_comment_of_ours_that_only_quotes_the_marker_is_left_alone(
    board: Board, waits: list[float]
) -> None:
    board.put(f"> {MARKER}")
    assert told(board, waits) == "created"


def test_it_is_found_on_the_last_page(board: Board, waits: list[float]) -> None:
    board.size = 2
    for _ in range(5):
        board.put("Talk", STRANGER)
    board.put(f"{MARKER}old")
    assert told(board, waits) == "updated"
    assert board.bodies[-1] == BODY


@pytest.mark.parametrize("fault", ["lost", "cut"])
def test_what_was_written_though_nobody_said_so_is_not_written_twice(
    board: Board, waits: list[float], fault: str
) -> None:
    board.faults = [fault]
    assert told(board, waits) == "created"
    assert board.bodies == [BODY]
    assert waits == [1.0]


def test_what_was_not_written_is_written_after_a_look(board: Board, waits: list[float]) -> None:
    board.faults = ["busy", "busy"]
    assert told(board, waits) == "created"
    assert board.bodies == [BODY]
    assert board.asked.count(f"GET {LIST}?per_page=100") == 3


def test_what_cannot_be_written_is_told(board: Board, waits: list[float]) -> None:
    board.faults = ["busy"] * TRIES
    assert isinstance(refused(board, waits), UnclearError)
    assert board.bodies == []


def test_a_limit_is_waited_for_and_a_refusal_is_not(board: Board, waits: list[float]) -> None:
    board.faults = ["429"]
    assert told(board, waits) == "created"
    assert waits == [3.0]
    board.put(f"{MARKER}old")
    board.comments.pop(0)
    board.comments[0]["id"] = 1
    board.faults = ["422"]
    assert refused(board, waits).values["detail"] == "HTTP 422"
    assert waits == [3.0]


def test_a_token_of_a_program_names_its_account(board: Board, waits: list[float]) -> None:
    board.is_known = False
    assert refused(board, waits).key == "whose-token"
    assert told(board, waits, account=ME) == "created"
    assert told(board, waits, account=ME) == "unchanged"


def test_another_account_than_the_one_named_is_told(board: Board, waits: list[float]) -> None:
    error = refused(board, waits, account=STRANGER)
    assert (error.key, error.values["author"]) == ("other-account", str(ME))


def test_an_account_that_is_named_wrongly_takes_no_strangers_comment(
    board: Board, waits: list[float]
) -> None:
    board.put("Looks good", STRANGER)
    refused(board, waits, account=STRANGER)
    assert board.bodies[0] == "Looks good"


def test_what_is_no_comment_is_an_error(board: Board, waits: list[float]) -> None:
    board.comments.append({"id": 1, "body": "x"})
    assert refused(board, waits).values["field"] == "comments[0].user"
    assert board.wrong
    board.wrong.clear()  # the lie was meant


@pytest.mark.parametrize("name", ["demo/..", "demo/a?x", "../manual"])
def test_a_name_leads_to_no_other_path(name: str) -> None:
    service = github.service("https://example.com", TOKEN)
    with pytest.raises(QmsError) as raised:
        githubcomments.told(service, name, 7, MARKER, BODY)
    assert raised.value.key == "repository-name"
