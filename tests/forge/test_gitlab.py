"""Merge requests of GitLab: each approval belongs to the version that stood when it was given."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.forge import gitlab
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import ReviewState
from qms_docs.words.pullrequests import Account, PullRequest, Review
from tests.forge import gitlab_server as lab
from tests.forge.planting import ANYTHING, assert_refused, places, planted

Told = dict[str, Any]
OLD, NEW, BASE = "c" * 40, "a" * 40, "b" * 40


def read(told: object) -> PullRequest:
    return gitlab.from_event(json.dumps(told).encode(), "event.json")


def test_a_merge_request_is_read_with_all_its_approvals() -> None:
    assert read(lab.whole()) == PullRequest(
        forge="gitlab",
        repository=lab.PROJECT,
        name=lab.NAME,
        number=7,
        base="b" * 40,
        head=NEW,
        opener=14,
        reviews=(
            Review(1, Account(11), ReviewState.APPROVED, OLD, "2026-03-02T10:00:00Z", BASE),
            Review(3, Account(12), ReviewState.APPROVED, NEW, "2026-03-02T12:00:00Z", BASE),
        ),
        branch="main",
        reference="merge-requests/7/head",
        host=lab.HOST,
    )


def told_of(*who: int, **changes: object) -> list[tuple[int, ReviewState, str]]:
    """Return number, state and commit of the reviews; approvals of `who` stand."""
    told: Told = {**lab.whole(), **changes}
    by = told["approvals"]["approved_by"]
    told["approvals"]["approved_by"] = [each for each in by if each["user"]["id"] in who]
    return [(each.id, each.state, each.commit) for each in read(told).reviews]


def test_an_approval_that_no_longer_stands_was_dismissed() -> None:
    assert told_of(12) == [(1, ReviewState.DISMISSED, OLD), (3, ReviewState.APPROVED, NEW)]
    assert [state for _, state, _ in told_of()] == [ReviewState.DISMISSED] * 2


def test_who_approves_anew_approves_the_new_version() -> None:
    notes = [
        lab.note(1, 11, lab.APPROVED, "2026-03-02T10:00:01Z"),
        lab.note(5, 11, lab.APPROVED, "2026-03-02T12:00:01Z"),
    ]
    since = lab.approvals(lab.approval(11, "2026-03-02T12:00:00Z"))
    assert told_of(11, notes=notes, approvals=since) == [
        (1, ReviewState.DISMISSED, OLD),
        (5, ReviewState.APPROVED, NEW),
    ]


def test_an_approval_that_was_noted_twice_is_one() -> None:
    notes = [lab.note(n, 11, lab.APPROVED, f"2026-03-02T10:00:0{n}Z") for n in (1, 2)]
    since = lab.approvals(lab.approval(11, "2026-03-02T10:00:00Z"))
    assert told_of(11, notes=notes, approvals=since) == [(1, ReviewState.APPROVED, OLD)]


@pytest.mark.parametrize(
    ("since", "commit"),
    [
        ("2026-03-02T11:00:00.000Z", OLD),
        ("2026-03-02T11:00:04.900Z", OLD),
        ("2026-03-02T11:00:05.100Z", NEW),
        ("2026-03-02T08:00:00.000Z", ""),
    ],
)
def test_an_approval_belongs_to_the_version_before_it(since: str, commit: str) -> None:
    notes = [lab.note(1, 11, lab.APPROVED, "2026-03-02T11:30:00Z")]
    standing = lab.approvals(lab.approval(11, since))
    assert [each[2] for each in told_of(11, notes=notes, approvals=standing)] == [commit]


def test_a_gitlab_that_does_not_say_when_binds_nothing() -> None:
    standing = lab.approvals(lab.approval(11, None), lab.approval(12, None))
    assert [each[2] for each in told_of(11, 12, approvals=standing)] == ["", ""]


def test_an_approval_is_of_what_was_shown_then() -> None:
    told: Told = lab.whole()
    told["versions"][1]["base_commit_sha"] = "e" * 40
    assert [each.base for each in read(told).reviews] == ["e" * 40, BASE]


def test_who_asks_for_changes_asks_for_them_in_what_stood_there() -> None:
    notes = [lab.note(5, 13, lab.REJECTED, "2026-03-02T10:30:00Z")]
    state = [lab.reviewer(13, "requested_changes")]
    found = told_of(notes=notes, reviewers=state)
    assert found == [(5, ReviewState.CHANGES_REQUESTED, OLD)]


def test_what_people_write_approves_and_rejects_nothing() -> None:
    notes = [lab.note(n, 11, text, "2026-03-02T12:00:00Z", system=False)
             for n, text in enumerate((lab.APPROVED, lab.REJECTED), 1)]  # fmt: skip
    assert told_of(notes=notes) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"notes": []},  # approvals stand that were not noted
        {"notes": [lab.note(1, 11, lab.APPROVED, "2026-03-02T09:30:00Z")]},  # an older one
        {"reviewers": [lab.reviewer(13, "requested_changes")]},
    ],
)
def test_answers_that_do_not_fit_together_are_none(changes: Told) -> None:
    with pytest.raises(QmsError) as raised:
        told_of(11, **changes)
    assert raised.value.key == "forge-unsettled"


@pytest.mark.parametrize("versions", [[], [lab.version(21, OLD, "2026-03-02T09:00:00Z")]])
def test_a_push_while_it_was_read_is_noticed(versions: list[object]) -> None:
    with pytest.raises(QmsError) as raised:
        told_of(11, versions=versions)
    assert raised.value.key == "forge-moved"


def test_the_event_of_a_webhook_is_refused() -> None:
    with pytest.raises(QmsError) as raised:
        read({"object_kind": "merge_request", "object_attributes": {"action": "approved"}})
    assert raised.value.key == "forge-partial"


WRONG = {
    "no merge request": (planted("merge_request", value=None), "merge_request"),
    "no approvals": (planted("approvals", value=None), "approvals"),
    "no list": (planted("approvals", "approved_by", value=None), "approvals.approved_by"),
    "no notes": (planted("notes", value={}), "notes"),
    "no reviewers": (planted("reviewers", value=None), "reviewers"),
    "short head": (planted("merge_request", "sha", value="a" * 12), "merge_request.sha"),
    "no refs": (planted("merge_request", "diff_refs", value=None), "merge_request.diff_refs"),
    "no host": (planted("merge_request", "web_url", value="/x"), "merge_request.web_url"),
    "odd host": (
        planted("merge_request", "web_url", value="https://a_b/"),
        "merge_request.web_url",
    ),
    "another number": (
        planted("merge_request", "references", "full", value="demo/manual!8"),
        "merge_request.references.full",
    ),
    "no author": (planted("merge_request", "author", value=None), "merge_request.author"),
    "version of another": (
        planted("versions", 0, "merge_request_id", value=1),
        "versions[0].merge_request_id",
    ),
    "note of another": (planted("notes", 0, "noteable_id", value=1), "notes[0].noteable_id"),
    "note twice": (planted("notes", 1, "id", value=1), "notes[1].id"),
    "system as text": (planted("notes", 0, "system", value="true"), "notes[0].system"),
    "no day": (planted("notes", 0, "created_at", value="yesterday"), "notes[0].created_at"),
    "approved twice": (
        planted("approvals", "approved_by", 1, "user", "id", value=11),
        "approvals.approved_by[1].user.id",
    ),
    "when as number": (
        planted("approvals", "approved_by", 0, "approved_at", value=5),
        "approvals.approved_by[0].approved_at",
    ),
    "no state": (planted("reviewers", 0, "state", value=None), "reviewers[0].state"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_not_as_described_is_refused_by_its_name(case: str) -> None:
    change, where = WRONG[case]
    assert_refused(read, lab.whole(), change, where)


PLACES = places(lab.whole())[1:]


@given(st.sampled_from(PLACES), ANYTHING)
def test_whatever_stands_in_a_place_approves_no_newer_text(
    place: tuple[str | int, ...], value: object
) -> None:
    told = copy.deepcopy(lab.whole())
    planted(*place, value=value)(told)
    try:
        found = read(told)
    except QmsError:
        return
    for each in found.reviews:  # whoever approved the old version has not approved the new one
        if each.id == 1 and place[0] not in ("versions", "approvals"):
            assert each.commit in (OLD, "")


@given(st.binary(max_size=200) | ANYTHING.map(lambda each: json.dumps(each).encode()))
def test_any_bytes_are_an_error_and_no_accident(data: bytes) -> None:
    with pytest.raises(QmsError):
        gitlab.from_event(data, "event.json")
