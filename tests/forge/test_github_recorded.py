"""What GitHub has really answered, and what it shows as examples, is read for what it is."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qms_docs.forge import github
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import ReviewState
from qms_docs.words.pullrequests import Account, PullRequest
from tests.forge import recorded
from tests.forge.described import example, operation
from tests.forge.recorded import Told

WEBHOOKS = Path(sys.prefix) / "github-webhooks" / "examples.json"
"""Fetched by `tools/setup --dev`."""
PULLS = [each for each in recorded.answers() if not each.part]


def read(pull: object, reviews: object = (), commits: object = ()) -> PullRequest:
    event = {"pull_request": pull, "reviews": reviews, "commits": commits}
    return github.from_event(json.dumps(event).encode(), "event.json")


def test_of_29_recorded_pull_requests_27_are_read_and_two_of_2012_are_refused() -> None:
    refused = []
    for each in PULLS:
        try:
            found = read(each.answer)
        except QmsError as error:
            year = each.answer["created_at"][:4]
            refused.append((each.file, each.number, year, error.values["field"]))
            continue
        assert found.number == each.number
        assert found.repository == each.answer["base"]["repo"]["id"]
        assert (found.base, found.head) == tuple(each.answer[e]["sha"] for e in ("base", "head"))
        assert found.opener == each.answer["user"]["id"]
    assert len(PULLS) == 29
    lacking = "pull_request.user.type"
    assert refused == [
        ("PullRequest.testMergeWithCommitMessage.txt", 39, "2012", lacking),
        ("PullRequestFile.setUp.txt", 31, "2012", lacking),
    ]


def whole(name: str, number: int, part: str) -> Iterator[tuple[Told, Told]]:
    """Yield each answer with a part of a pull request, together with the pull request."""
    for each in recorded.answers():
        if (each.name, each.number, each.part) == (name, number, part):
            pulls = (p for p in PULLS if (p.name, p.number) == (name, number))
            yield next(pull for pull in pulls if "type" in pull.answer["user"]), each


def test_recorded_reviews_are_read() -> None:
    ((pull, told),) = whole("PyGithub/PyGithub", 538, "/reviews")
    found = read(pull.answer, told.answer).reviews
    assert [each.id for each in found] == [each["id"] for each in told.answer]
    assert [each.state for each in found] == [ReviewState.APPROVED] + [ReviewState.COMMENTED] * 4
    assert [each.account for each in found] == [Account(e["user"]["id"]) for e in told.answer]
    assert {len(each.commit) for each in found} == {40}
    assert all(each.submitted.endswith("Z") for each in found)


def test_reviews_of_another_recorded_pull_request_are_refused() -> None:
    ((_, told),) = whole("PyGithub/PyGithub", 538, "/reviews")
    (other,) = (each for each in PULLS if each.number == 2078)
    with pytest.raises(QmsError) as raised:
        read(other.answer, told.answer)
    assert raised.value.values["field"] == "reviews[0].pull_request_url"


def test_recorded_commits_are_read() -> None:
    found = list(whole("PyGithub/PyGithub", 3370, "/commits"))
    assert len(found) == 10
    for pull, told in found:
        (commit,) = read(pull.answer, [], told.answer).commits
        (author,) = (each["author"]["id"] for each in told.answer)
        assert (commit.commit, commit.account) == (pull.answer["head"]["sha"], author)
    ((pull, told),) = whole("PyGithub/PyGithub", 31, "/commits")
    assert len(read(pull.answer, [], told.answer).commits) == len(told.answer) == 3


def test_what_was_recorded_since_2021_is_as_described_now() -> None:
    """What is older lacks what GitHub has added since."""
    known = operation("GET", "/repos/demo/manual/pulls/7")
    assert known
    fitting = [each for each in PULLS if known.lies(200, each.answer) == []]
    assert fitting == [each for each in PULLS if each.answer["created_at"] > "2021"]
    assert len(fitting) == 8


def test_the_examples_of_the_description_are_read() -> None:
    reviews, commits = example("pull-request-review-items"), example("commit-items")
    pull = example("pull-request")
    for each in reviews:  # that of the pull request is of another one
        each["pull_request_url"] = pull["url"]
        each["commit_id"] = "a" * 40  # the example has 39 letters
    found = read(pull, reviews, commits)
    assert (found.number, found.name) == (1347, "octocat/Hello-World")
    assert [each.state for each in found.reviews] == [ReviewState.APPROVED]


def events() -> Iterator[Any]:
    for kind in json.loads(WEBHOOKS.read_text("utf-8")):
        for each in kind["examples"]:
            yield pytest.param(each, id=f"{kind['name']}-{each['action']}")


@pytest.mark.parametrize("event", [*events()])
def test_the_pull_request_of_an_event_is_read_and_its_single_review_is_refused(event: Any) -> None:
    pull = event["pull_request"]
    found = read(pull)
    assert (found.number, found.head) == (pull["number"], pull["head"]["sha"])
    if "review" in event:
        review = read(pull, [event["review"]]).reviews[0]
        assert review.state == event["review"]["state"]
        with pytest.raises(QmsError) as raised:
            github.from_event(json.dumps(event).encode(), "event.json")
        assert raised.value.key == "forge-partial"
