"""What GitHub tells becomes a value, or an error that says what is wrong; never a guess."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.forge import github
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import ReviewState
from qms_docs.words.pullrequests import Account, Authored, PullRequest, Review
from tests.forge import payloads
from tests.forge.planting import ANYTHING, assert_refused, places, planted

Event = dict[str, Any]


def event() -> Event:
    return {
        "pull_request": payloads.pull(),
        "reviews": [payloads.review(1), payloads.review(2, 12, "commented")],
        "commits": [payloads.commit(), payloads.commit(None), payloads.commit(13, parents=2)],
    }


def read(told: object) -> PullRequest:
    return github.from_event(json.dumps(told).encode(), "event.json")


def test_a_pull_request_is_read_with_all_its_reviews() -> None:
    assert read(event()) == PullRequest(
        forge="github",
        repository=987654,
        name="demo/manual",
        number=7,
        base="b" * 40,
        head="a" * 40,
        opener=14,
        reviews=(
            Review(1, Account(11), ReviewState.APPROVED, "a" * 40, "2026-03-02T10:01:00Z"),
            Review(2, Account(12), ReviewState.COMMENTED, "a" * 40, "2026-03-02T10:02:00Z"),
        ),
        commits=(Authored("c" * 40, 14), Authored("c" * 40, 0)),
        branch="main",
        reference="pull/7/head",
    )


def test_what_is_gone_is_told_as_gone() -> None:
    told = event()
    told["pull_request"]["user"] = None
    told["reviews"][0] |= {"user": None, "commit_id": None}
    found = read(told)
    assert (found.opener, found.reviews[0].account, found.reviews[0].commit) == (0, None, "")


def test_a_review_that_was_never_submitted_has_no_date() -> None:
    told = event()
    del told["reviews"][0]["submitted_at"]
    told["reviews"][0]["state"] = "PENDING"
    assert read(told).reviews[0].submitted == ""


def test_instants_are_told_in_utc() -> None:
    told = event()
    told["reviews"][0]["submitted_at"] = "2026-03-02T18:01:00.250+08:00"
    assert read(told).reviews[0].submitted == "2026-03-02T10:01:00Z"


def test_a_program_is_told_as_one() -> None:
    told = event()
    told["reviews"][0]["user"] = payloads.user(99, "Bot")
    assert read(told).reviews[0].account == Account(99, is_bot=True)


WRONG: dict[str, tuple[Callable[[Event], None], str]] = {
    "unknown state": (planted("reviews", 0, "state", value="LGTM"), "reviews[0].state"),
    "no state": (planted("reviews", 0, "state", value=None), "reviews[0].state"),
    "number as text": (planted("reviews", 0, "id", value="1"), "reviews[0].id"),
    "true is no number": (planted("reviews", 0, "id", value=True), "reviews[0].id"),
    "fraction": (planted("reviews", 0, "user", "id", value=11.0), "reviews[0].user.id"),
    "login for a number": (planted("reviews", 0, "user", "id", value="demo"), "reviews[0].user.id"),
    "twice": (planted("reviews", 1, "id", value=1), "reviews[1].id"),
    "short commit": (planted("reviews", 0, "commit_id", value="a" * 12), "reviews[0].commit_id"),
    "branch": (planted("reviews", 0, "commit_id", value="main"), "reviews[0].commit_id"),
    "no date": (planted("reviews", 0, "submitted_at", value=None), "reviews[0].submitted_at"),
    "no such day": (
        planted("reviews", 0, "submitted_at", value="2026-02-30T10:00:00Z"),
        "reviews[0].submitted_at",
    ),
    "no offset": (
        planted("reviews", 0, "submitted_at", value="2026-02-20T10:00:00"),
        "reviews[0].submitted_at",
    ),
    "another pull request": (
        planted("reviews", 0, "pull_request_url", value="https://api.github.com/repos/demo/manual/pulls/17"),
        "reviews[0].pull_request_url",
    ),
    "another repository": (
        planted("reviews", 0, "pull_request_url", value="https://api.github.com/repos/x/manual/pulls/7"),
        "reviews[0].pull_request_url",
    ),
    "reviews as object": (planted("reviews", value={}), "reviews"),
    "no reviews": (planted("reviews", value=None), "reviews"),
    "branch as number": (planted("pull_request", "base", "ref", value=7), "pull_request.base.ref"),
    "no head": (planted("pull_request", "head", value=None), "pull_request.head"),
    "no number": (planted("pull_request", "number", value=0), "pull_request.number"),
    "no parents": (planted("commits", 0, "parents", value=None), "commits[0].parents"),
    "event without a date": (
        planted("events", value=[{"event": "base_ref_changed"}]),
        "events[0].created_at",
    ),
    "event without a name": (planted("events", value=[{}]), "events[0].event"),
    "events as object": (planted("events", value={}), "events"),
    "no account": (planted("commits", 0, "author", "id", value=None), "commits[0].author.id"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_as_described_is_refused(name: str) -> None:
    change, field = WRONG[name]
    assert_refused(read, event(), change, field)


def test_the_event_of_one_review_is_refused() -> None:
    told = event()
    told["review"] = told.pop("reviews")[0]
    with pytest.raises(QmsError) as raised:
        read(told)
    assert raised.value.key == "forge-partial"


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"\xff", b"[" * 100_000, b'{"a": NaN}', b'{"reviews": [], "reviews": []}'],
)
def test_what_can_be_read_in_two_ways_or_in_none_is_refused(data: bytes) -> None:
    with pytest.raises(QmsError) as raised:
        github.from_event(data, "event.json")
    assert raised.value.key == "forge-json"


PLACES = places(event())[1:]


@given(st.sampled_from(PLACES), ANYTHING)
def test_whatever_stands_in_a_place_is_refused_or_read_for_what_it_is(
    place: tuple[str | int, ...], value: object
) -> None:
    told = copy.deepcopy(event())
    planted(*place, value=value)(told)
    try:
        found = read(told)
    except QmsError:
        return
    assert all(type(each.id) is int and each.id > 0 for each in found.reviews)
    assert [each.id for each in found.reviews] == [each["id"] for each in told["reviews"]]
    for each, said in zip(found.reviews, told["reviews"], strict=True):
        assert each.state == said["state"].lower()
        assert each.commit == (said["commit_id"] or "")
        assert each.account is None or each.account.id == said["user"]["id"]
        assert each.submitted or each.state is ReviewState.PENDING


@given(st.binary(max_size=200) | ANYTHING.map(lambda each: json.dumps(each).encode()))
def test_any_bytes_are_an_error_and_no_accident(data: bytes) -> None:
    with pytest.raises(QmsError):
        github.from_event(data, "event.json")
