"""Pull requests of Gitea and Forgejo become values, or an error that says what is wrong."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.forge import gitea
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import ReviewState
from qms_docs.words.pullrequests import Account, Authored, PullRequest, Review
from tests.forge import gitea_server as tea
from tests.forge.planting import ANYTHING, assert_refused, places, planted

Told = dict[str, Any]


def read(told: object) -> PullRequest:
    return gitea.from_event(json.dumps(told).encode(), "event.json")


def reviews(*told: object) -> tuple[Review, ...]:
    return read({**tea.whole(), "reviews": told}).reviews


def test_a_pull_request_is_read_with_all_its_reviews() -> None:
    told = tea.whole()
    told["commits"] = [tea.commit(), tea.commit(None), tea.commit(13, parents=2)]
    assert read(told) == PullRequest(
        forge="gitea",
        repository=tea.REPOSITORY,
        name=tea.NAME,
        number=7,
        base="b" * 40,
        head="a" * 40,
        opener=14,
        reviews=(
            Review(1, Account(11), ReviewState.APPROVED, "a" * 40, "2026-03-02T10:01:00Z"),
            Review(2, Account(12), ReviewState.APPROVED, "a" * 40, "2026-03-02T10:02:00Z"),
        ),
        commits=(Authored("d" * 40, 14), Authored("d" * 40, 0)),
        branch="main",
        reference="pull/7/head",
        host=tea.HOST,
    )


@pytest.mark.parametrize(
    ("told", "dismissed", "state"),
    [
        ("APPROVED", False, ReviewState.APPROVED),
        ("APPROVED", True, ReviewState.DISMISSED),
        ("REQUEST_CHANGES", False, ReviewState.CHANGES_REQUESTED),
        ("REQUEST_CHANGES", True, ReviewState.CHANGES_REQUESTED),
        ("COMMENT", False, ReviewState.COMMENTED),
        ("PENDING", False, ReviewState.PENDING),
    ],
)
def test_states_are_read_for_what_they_say(told: str, dismissed: bool, state: ReviewState) -> None:
    (found,) = reviews(tea.review(1, 11, told, dismissed=dismissed))
    assert found.state is state


def test_who_is_only_asked_has_reviewed_nothing() -> None:
    team = {**tea.review(2, None, "REQUEST_REVIEW", commit=""), "team": {"id": 3}}
    assert reviews(tea.review(1, 11, "REQUEST_REVIEW", commit=""), team) == ()


@pytest.mark.parametrize(
    ("user", "account"),
    [
        (None, None),
        (tea.GHOST, None),
        ({"id": -2}, Account(0, is_bot=True)),
        (tea.user(5), Account(5)),
    ],
)
def test_who_it_was_is_told_as_far_as_it_is_known(user: Any, account: Account | None) -> None:
    (found,) = reviews({**tea.review(1), "user": user})
    assert found.account == account


def test_a_review_without_a_commit_is_bound_to_none() -> None:
    assert reviews(tea.review(1, commit=""))[0].commit == ""


def test_a_merged_pull_request_begins_where_it_left_the_base() -> None:
    told = tea.whole()
    told["pull_request"] = {**tea.pull(), "merged": True}
    assert read(told).base == "c" * 40


@pytest.mark.parametrize("event", [{"action": "reviewed", "review": {}}, {"review": {}}])
def test_the_event_of_a_webhook_is_refused(event: Told) -> None:
    with pytest.raises(QmsError) as raised:
        read({**event, "pull_request": tea.pull()})
    assert raised.value.key == "forge-partial"


WRONG = {
    "unknown state": (planted("reviews", 0, "state", value=""), "reviews[0].state"),
    "state of GitHub": (
        planted("reviews", 0, "state", value="CHANGES_REQUESTED"),
        "reviews[0].state",
    ),
    "not said whether": (planted("reviews", 0, "dismissed", value=None), "reviews[0].dismissed"),
    "twice": (planted("reviews", 1, "id", value=1), "reviews[1].id"),
    "of another": (
        planted("reviews", 0, "pull_request_url", value=f"https://x/{tea.NAME}/pulls/8"),
        "reviews[0].pull_request_url",
    ),
    "no user": (planted("reviews", 0, "user", value={}), "reviews[0].user.id"),
    "branch": (planted("reviews", 0, "commit_id", value="main"), "reviews[0].commit_id"),
    "zero": (planted("reviews", 0, "commit_id", value=0), "reviews[0].commit_id"),
    "no base": (planted("pull_request", "base", "sha", value=""), "pull_request.base.sha"),
    "merged as text": (planted("pull_request", "merged", value="no"), "pull_request.merged"),
    "no host": (planted("pull_request", "html_url", value="x"), "pull_request.html_url"),
    "number as text": (
        planted("pull_request", "base", "repo", "id", value="33"),
        "pull_request.base.repo.id",
    ),
    "no list": (planted("reviews", value=None), "reviews"),
    "no parents": (planted("commits", 0, "parents", value=None), "commits[0].parents"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_not_as_described_is_refused_by_its_name(case: str) -> None:
    change, where = WRONG[case]
    assert_refused(read, tea.whole(), change, where)


PLACES = places(tea.whole())[1:]


@given(st.sampled_from(PLACES), ANYTHING)
def test_whatever_stands_in_a_place_is_refused_or_read_for_what_it_is(
    place: tuple[str | int, ...], value: object
) -> None:
    told = copy.deepcopy(tea.whole())
    planted(*place, value=value)(told)
    try:
        found = read(told)
    except QmsError:
        return
    said = {each["id"]: each for each in told["reviews"]}  # type: ignore[attr-defined]  # a list
    for each in found.reviews:
        assert each.commit == (said[each.id]["commit_id"] or "")
        if each.state is ReviewState.APPROVED:
            assert (said[each.id]["state"], said[each.id]["dismissed"]) == ("APPROVED", False)


@given(st.binary(max_size=200) | ANYTHING.map(lambda each: json.dumps(each).encode()))
def test_any_bytes_are_an_error_and_no_accident(data: bytes) -> None:
    with pytest.raises(QmsError):
        gitea.from_event(data, "event.json")
