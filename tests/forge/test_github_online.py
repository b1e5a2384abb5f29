"""GitHub asked over HTTP: pages, limits, failures, and what only seems to be an answer."""

from collections.abc import Iterator

import pytest

from qms_docs.edges import http
from qms_docs.forge import github
from qms_docs.words.errors import QmsError
from qms_docs.words.pullrequests import PullRequest
from tests.forge import described, payloads
from tests.forge.payloads import NAME, PULL
from tests.forge.server import (
    TOKEN,
    Answer,
    GitHub,
    primary_limit,
    running,
    secondary_limit,
)

REVIEWS, COMMITS = f"{PULL}/reviews?per_page=100", f"{PULL}/commits?per_page=100"
EVENTS = f"/repos/{NAME}/issues/7/events?per_page=100"


@pytest.fixture
def waits() -> list[float]:
    """Return for how long was waited: nobody does in these tests."""
    return []


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHub]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as told:
        yield told


def asked(server: GitHub, waits: list[float]) -> PullRequest:
    return github.asked(github.service(server.url, TOKEN, waits.append), NAME, 7)


def refused(server: GitHub, waits: list[float]) -> QmsError:
    with pytest.raises(QmsError) as raised:
        asked(server, waits)
    assert TOKEN not in repr(raised.value)
    return raised.value


def whole(server: GitHub) -> None:
    """Let the server tell everything but the pull request itself."""
    server.tell("GET", REVIEWS, Answer([payloads.whole_review(1)]))
    server.tell("GET", COMMITS, Answer([payloads.whole_commit()]))
    server.tell("GET", EVENTS, Answer([]))


def test_an_approval_for_another_branch_names_no_commit(server: GitHub, waits: list[float]) -> None:
    server.tell("GET", PULL, Answer(payloads.whole_pull()))
    before, after = payloads.whole_review(1), payloads.whole_review(2)
    rejection = payloads.whole_review(1, 12, "CHANGES_REQUESTED") | {"id": 3}
    server.tell("GET", REVIEWS, Answer([before, after, rejection]))
    server.tell("GET", COMMITS, Answer([payloads.whole_commit()]))
    turned = {"event": "base_ref_changed", "created_at": "2026-03-02T10:01:30Z"}
    server.tell("GET", EVENTS, Answer([described.complete("issue-event-for-issue-items", turned)]))
    assert [bool(each.commit) for each in asked(server, waits).reviews] == [False, True, True]


def test_all_pages_are_read(server: GitHub, waits: list[float]) -> None:
    server.tell("GET", PULL, Answer(payloads.whole_pull()))
    last = payloads.whole_review(3, 12, "CHANGES_REQUESTED")
    pages = [[payloads.whole_review(1)], [payloads.whole_review(2)], [last]]
    server.tell_pages(REVIEWS, *pages)
    server.tell("GET", COMMITS, Answer([payloads.whole_commit()]))
    server.tell("GET", EVENTS, Answer([]))
    found = asked(server, waits)
    assert [each.id for each in found.reviews] == [1, 2, 3]
    assert waits == []


@pytest.mark.parametrize("status", [403, 429])
def test_a_limit_is_waited_for_as_long_as_it_says(
    server: GitHub, waits: list[float], status: int
) -> None:
    limits = secondary_limit("7", status), primary_limit(30, status)
    server.tell("GET", PULL, *limits, Answer(payloads.whole_pull()))
    whole(server)
    assert asked(server, waits).number == 7
    assert waits[0] == 7.0
    assert 25 < waits[1] <= 30


@pytest.mark.parametrize("limit", [primary_limit(3000), secondary_limit("3600")])
def test_a_limit_that_lasts_is_told_at_once(
    server: GitHub, waits: list[float], limit: Answer
) -> None:
    server.tell("GET", PULL, limit)
    assert (refused(server, waits).values["detail"], waits) == ("HTTP 403", [])


@pytest.mark.parametrize(
    "headers", [{}, {"Retry-After": "3600"}, {"Retry-After": "Mon, 02 Mar 2026 09:00:00 GMT"}]
)
def test_a_refusal_or_a_long_limit_is_told_at_once(
    server: GitHub, waits: list[float], headers: dict[str, str]
) -> None:
    server.tell("GET", PULL, Answer({"message": "Forbidden"}, 403, headers))
    error = refused(server, waits)
    assert (error.key, error.values["detail"], waits) == ("service-failed", "HTTP 403", [])


def test_what_fails_for_a_moment_is_asked_again(server: GitHub, waits: list[float]) -> None:
    server.tell("GET", PULL, Answer({}, 500), Answer(payloads.whole_pull()))
    whole(server)
    assert asked(server, waits).number == 7
    assert waits == [1.0]


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_what_keeps_failing_is_told(server: GitHub, waits: list[float], status: int) -> None:
    server.tell("GET", PULL, *[Answer({}, status) for _ in range(http.TRIES)])
    assert refused(server, waits).values["detail"] == f"HTTP {status}"
    assert waits == [1.0, 2.0, 4.0]


def test_half_an_answer_is_none(server: GitHub, waits: list[float]) -> None:
    half = b'[{"id": 1'
    server.tell("GET", PULL, Answer(payloads.whole_pull()))
    server.tell("GET", REVIEWS, *[Answer(raw=half, length=900) for _ in range(http.TRIES)])
    assert refused(server, waits).key == "service-failed"


def test_json_that_breaks_off_is_an_error(server: GitHub, waits: list[float]) -> None:
    server.tell("GET", PULL, Answer(payloads.whole_pull()))
    server.tell("GET", REVIEWS, Answer(raw=b'[{"id": 1'))
    assert refused(server, waits).key == "forge-json"


def test_a_page_that_is_no_list_is_an_error(server: GitHub, waits: list[float]) -> None:
    server.tell("GET", PULL, Answer(payloads.whole_pull()))
    server.tell("GET", REVIEWS, Answer({"message": "Moved"}, lies=True))
    assert refused(server, waits).key == "forge-field"


def test_another_pull_request_than_asked_is_an_error(server: GitHub, waits: list[float]) -> None:
    server.tell("GET", PULL, Answer(payloads.whole_pull(number=8)))
    other = {**payloads.whole_review(1), "pull_request_url": f"https://x{PULL[:-1]}8"}
    server.tell("GET", REVIEWS, Answer([other]))
    server.tell("GET", COMMITS, Answer([payloads.whole_commit()]))
    server.tell("GET", EVENTS, Answer([]))
    assert refused(server, waits).values["field"] == "pull_request.number"


@pytest.mark.parametrize(
    "address", ["/repos/demo/other/pulls/7", "/repos/x/manual/pulls/7", f"{PULL}7", "/7"]
)
def test_a_review_of_another_pull_request_is_an_error(
    server: GitHub, waits: list[float], address: str
) -> None:
    server.tell("GET", PULL, Answer(payloads.whole_pull()))
    other = {**payloads.whole_review(2), "pull_request_url": f"https://api.github.com{address}"}
    server.tell("GET", REVIEWS, Answer([payloads.whole_review(1), other]))
    server.tell("GET", COMMITS, Answer([payloads.whole_commit()]))
    server.tell("GET", EVENTS, Answer([]))
    assert refused(server, waits).values["field"] == "reviews[1].pull_request_url"


def test_a_page_that_is_told_twice_is_an_error(server: GitHub, waits: list[float]) -> None:
    server.tell("GET", PULL, Answer(payloads.whole_pull()))
    server.tell_pages(REVIEWS, [payloads.whole_review(1)], [payloads.whole_review(1)])
    server.tell("GET", COMMITS, Answer([payloads.whole_commit()]))
    server.tell("GET", EVENTS, Answer([]))
    assert refused(server, waits).values["field"] == "reviews[1].id"


def test_a_push_between_two_questions_is_noticed(server: GitHub, waits: list[float]) -> None:
    server.tell("GET", PULL, Answer(payloads.whole_pull()))
    server.tell("GET", REVIEWS, Answer([]))
    server.tell("GET", COMMITS, Answer([{**payloads.whole_commit(), "sha": "e" * 40}]))
    server.tell("GET", EVENTS, Answer([]))
    assert refused(server, waits).values["field"] == "pull_request.head.sha"


def test_commits_that_are_left_out_are_an_error(server: GitHub, waits: list[float]) -> None:
    server.tell("GET", PULL, Answer(payloads.whole_pull(commits=251)))
    whole(server)
    assert refused(server, waits).values["field"] == "pull_request.commits"


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/elsewhere", "https://example.com/x"])
def test_no_page_leads_to_another_service(server: GitHub, waits: list[float], address: str) -> None:
    server.tell("GET", PULL, Answer(payloads.whole_pull()))
    link = {"Link": f'<{address}>; rel="next"'}
    server.tell("GET", REVIEWS, Answer([payloads.whole_review(1)], headers=link))
    assert refused(server, waits).key == "service-pages"


def test_a_second_page_leads_nowhere_else_either(server: GitHub, waits: list[float]) -> None:
    server.tell("GET", PULL, Answer(payloads.whole_pull()))
    second = f"{REVIEWS}&page=2"
    here = {"Link": f'<{server.url}{second}>; rel="next"'}
    back = {"Link": f'<{server.url}{REVIEWS}>; rel="next"'}
    server.tell("GET", REVIEWS, Answer([payloads.whole_review(1)], headers=here))
    server.tell("GET", second, Answer([payloads.whole_review(2)], headers=back))
    assert refused(server, waits).key == "service-pages"


def test_pages_do_not_lead_round_in_a_circle(server: GitHub, waits: list[float]) -> None:
    server.tell("GET", PULL, Answer(payloads.whole_pull()))
    link = {"Link": f'<{server.url}{REVIEWS}>; rel="next"'}
    server.tell("GET", REVIEWS, Answer([payloads.whole_review(1)], headers=link))
    assert refused(server, waits).key == "service-pages"


@pytest.mark.parametrize("status", [301, 302, 307])
def test_nobody_is_led_elsewhere_by_a_redirect(
    server: GitHub, waits: list[float], status: int
) -> None:
    """Not even to the address of a repository that was renamed: it is to be named as it is now."""
    moved = {"Location": f"{server.url}/repositories/987654/pulls/7"}
    server.tell("GET", PULL, Answer({"message": "Moved Permanently"}, status, moved))
    assert refused(server, waits).values["detail"] == f"HTTP {status}"


def test_a_slow_answer_is_waited_for(server: GitHub, waits: list[float]) -> None:
    server.tell("GET", PULL, Answer(payloads.whole_pull(), slow=0.2))
    whole(server)
    assert (asked(server, waits).number, waits) == (7, [])


def test_an_answer_that_does_not_come_is_asked_for_again(
    server: GitHub, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "_SECONDS", 0.2)
    late = Answer(payloads.whole_pull(), slow=1.5)
    server.tell("GET", PULL, late, Answer(payloads.whole_pull()))
    whole(server)
    assert asked(server, waits).number == 7
    assert waits == [1.0]


def test_a_page_of_html_is_no_answer(server: GitHub, waits: list[float]) -> None:
    """A proxy that wants a password says so with status 200."""
    server.tell("GET", PULL, Answer(raw=b"<html>Sign in</html>"))
    assert refused(server, waits).key == "forge-json"


def test_who_does_not_answer_is_told(waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert refused(GitHub(url="http://127.0.0.1:9"), waits).key == "service-failed"


def test_an_answer_without_end_is_not_read(
    server: GitHub, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "LARGEST", 1000)
    server.tell("GET", PULL, Answer(raw=b" " * 5000))
    assert refused(server, waits).key == "forge-large"


@pytest.mark.parametrize(
    "url",
    ["http://example.com", "ftp://example.com", "api.github.com", "", "https://", "https://["],
)
def test_a_token_goes_through_no_open_line(url: str) -> None:
    with pytest.raises(QmsError) as raised:
        github.service(url, TOKEN)
    assert raised.value.key == "service-address"


@pytest.mark.parametrize("name", ["demo", "demo/", "demo/..", "../manual", "demo/a/b", "demo/a?x"])
def test_a_name_leads_to_no_other_path(name: str) -> None:
    with pytest.raises(QmsError) as raised:
        github.asked(github.service("https://example.com", TOKEN), name, 7)
    assert raised.value.key == "repository-name"


def test_a_token_with_a_line_end_is_refused() -> None:
    with pytest.raises(QmsError) as raised:
        github.service("https://example.com", f"{TOKEN}\n")
    assert raised.value.key == "forge-token"
