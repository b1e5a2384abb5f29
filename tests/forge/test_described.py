"""The stand-in for GitHub lets nobody invent an answer or a question that GitHub does not know."""

import http.client
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.forge import described, payloads
from tests.forge.described import complete, example, operation
from tests.forge.payloads import PULL
from tests.forge.server import HEADERS, Answer, running

COMMENTS = "/repos/demo/manual/issues/7/comments"
NOT_AS_DESCRIBED = {
    "repos/get": "language",
    "repos/get-branch-protection": "apps",
    "pulls/get": "requested_teams",
    "repos/get-all-environments": "environments/0/protection_rules/1",
    "repos/get-repo-rulesets": "enforcement",
}
"""Operations whose own example contradicts the description, and where it does so first."""


def examples() -> Iterator[tuple[str, str, described.Operation, Any]]:
    for each in described.operations():
        for status, answer in each.facts["responses"].items():
            found = answer.get("content", {}).get("application/json", {}).get("examples", {})
            for value in found.values():
                name = value["$ref"].rpartition("/")[2]
                yield each.facts["operationId"], status, each, example(name)


@pytest.mark.parametrize(
    ("name", "status", "known", "value"), [pytest.param(*each, id=each[0]) for each in examples()]
)
def test_githubs_own_examples_are_as_it_describes_them(
    name: str, status: str, known: described.Operation, value: object
) -> None:
    lies = known.lies(int(status), value)
    if name in NOT_AS_DESCRIBED:
        assert any(NOT_AS_DESCRIBED[name] in each for each in lies)
    else:
        assert lies == []


def test_a_whole_answer_of_ours_is_as_described() -> None:
    told = operation("GET", PULL)
    assert told
    assert told.lies(200, payloads.whole_pull()) == []
    assert told.lies(404, {"message": "Not Found"}) == []
    reviews = operation("GET", f"{PULL}/reviews")
    assert reviews
    assert reviews.lies(200, [payloads.whole_review(1)]) == []


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, payloads.pull()),
        (200, payloads.whole_pull(number="7")),
        (200, payloads.whole_pull(approved=True)),
        (200, payloads.whole_pull(state="approved")),
        (200, payloads.whole_pull(base={"sha": None})),
        (200, payloads.whole_pull(created_at="yesterday")),
        (200, [payloads.whole_pull()]),
        (201, payloads.whole_pull()),
        (403, {"reason": "because"}),
    ],
)
def test_nobody_invents_an_answer(status: int, body: object) -> None:
    with running() as server, pytest.raises(AssertionError):
        server.tell("GET", PULL, Answer(body, status))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/repos/demo/manual/pulls/7/approvals"),
        ("DELETE", PULL),
        ("GET", f"{PULL}/reviews?pages=2"),
        ("GET", f"{PULL}/reviews?page=two"),
        ("GET", "/repos/demo/manual/pulls/seven"),
        ("GET", f"{PULL}/reviews?page=1&page=2"),
    ],
)
def test_nobody_invents_a_question(method: str, path: str) -> None:
    with running() as server, pytest.raises(AssertionError):
        server.tell(method, path, Answer({}, 404))


def ask(url: str, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
    """Ask as any program could."""
    line = http.client.HTTPConnection(url.removeprefix("http://"))
    data = None if body is None else json.dumps(body)
    kind = {} if body is None else {"Content-Type": "application/json"}
    line.request(method, path, data, {**HEADERS, **kind, **headers})
    answer = line.getresponse()
    return answer.status, json.loads(answer.read() or b"null")


def test_a_comment_is_written_and_changed() -> None:
    text = {"body": "All approvals are there."}
    told = complete("issue-comment", {"id": 5, **text})
    with running() as server:
        server.tell("POST", COMMENTS, Answer(told, 201, expects=text))
        server.tell("PATCH", "/repos/demo/manual/issues/comments/5", Answer(told, expects=text))
        assert ask(server.url, "POST", COMMENTS, text) == (201, told)
        assert ask(server.url, "PATCH", "/repos/demo/manual/issues/comments/5", text)[0] == 200


def test_what_protects_a_branch_is_told() -> None:
    path = "/repos/demo/manual/rules/branches/main"
    with running() as server:
        server.tell("GET", path, Answer(example("repository-rule-items")))
        assert ask(server.url, "GET", path)[0] == 200


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "said"),
    [
        ("GET", f"{PULL}/files", None, {}, "not described"),
        ("GET", f"{PULL}/reviews?per_page=all", None, {}, "per_page=all"),
        ("GET", "/repos/demo/manual", None, {}, "not expected"),
        ("DELETE", COMMENTS, None, {}, "not described"),
        ("GET", PULL, {"a": 1}, {}, "a body"),
        ("POST", COMMENTS, {"text": "Fine"}, {}, "body"),
        ("GET", PULL, None, {"Authorization": "Bearer another"}, "Authorization"),
        ("GET", PULL, None, {"X-GitHub-Api-Version": "2026-03-10"}, "X-GitHub-Api-Version"),
        ("POST", COMMENTS, {"body": "Fine"}, {"Content-Type": "text/plain"}, "Content-Type"),
    ],
)
def test_a_wrong_question_fails_the_test(
    method: str, path: str, body: object, headers: dict[str, str], said: str
) -> None:
    with pytest.raises(AssertionError, match=said), running() as server:
        ask(server.url, method, path, body, **headers)


def test_an_answer_that_nobody_asks_for_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="pulls/7"), running() as server:
        server.tell("GET", PULL, Answer(payloads.whole_pull()))
