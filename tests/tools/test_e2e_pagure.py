"""What the tool for Pagure makes of a pull request: an approval only where a commit was named."""

from typing import Any

import pytest

from qms_docs.forge import github
from qms_docs.words.evidence import ReviewState
from qms_docs.words.pullrequests import Account
from tools.e2e_pagure import events

BASE, HEAD, SEEN = "1" * 40, "2" * 40, "3" * 40
ACCOUNTS = {"drafter": {"id": 1}, "reviewer": {"id": 2}}


def comment(text: str, **changes: object) -> dict[str, Any]:
    """Return a comment on a line, as Pagure 5.14.1 tells it."""
    told = {
        "id": 7,
        "commit": SEEN,
        "comment": text,
        "date_created": "1795835529",
        "user": {"name": "reviewer"},
        "edited_on": None,
        "notification": False,
    }
    return {**told, **changes}


def read(*comments: dict[str, Any]) -> Any:
    told = {
        "id": 4,
        "project": {"id": 9, "name": "manual"},
        "user": {"name": "drafter"},
        "comments": list(comments),
    }
    commits = [{"sha": HEAD, "parents": [{"sha": BASE}], "author": "drafter"}]
    return github.from_event(events.event(told, BASE, HEAD, commits, ACCOUNTS), "event.json")


def test_a_pull_request_is_read_with_the_numbers_of_its_people() -> None:
    pull = read()
    assert (pull.repository, pull.number, pull.base, pull.head) == (9, 4, BASE, HEAD)
    assert (pull.opener, [each.account for each in pull.commits]) == (1, [1])


def test_who_approves_at_a_line_has_named_the_commit() -> None:
    (review,) = read(comment(":thumbsup: I have read it.")).reviews
    assert (review.account, review.state) == (Account(2), ReviewState.APPROVED)
    assert (review.commit, review.submitted) == (SEEN, "2026-11-28T03:12:09Z")


def test_a_vote_on_the_whole_names_none() -> None:
    (review,) = read(comment(":thumbsup:", commit=None)).reviews
    assert (review.state, review.commit) == (ReviewState.APPROVED, "")


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (comment("-1 and +1"), ReviewState.CHANGES_REQUESTED),
        (comment("Looks like 1+1"), ReviewState.COMMENTED),
        (comment(":thumbsup:", edited_on="1795835530"), ReviewState.COMMENTED),
    ],
)
def test_what_is_doubtful_approves_nothing(told: dict[str, Any], state: ReviewState) -> None:
    assert read(told).reviews[0].state is state


def test_what_pagure_itself_remarks_is_no_review() -> None:
    assert read(comment("**1 new commit added** :thumbsup:", notification=True)).reviews == ()
