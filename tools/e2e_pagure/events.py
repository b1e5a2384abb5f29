"""What Pagure tells of a pull request, in the shape that `qms forge` reads; for this tool alone."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

_APPROVES, _OBJECTS = (":thumbsup:", "+1"), (":thumbsdown:", "-1")
"""The words by which Pagure counts votes (`score` of its `PullRequest`)."""


def event(
    told: Mapping[str, Any],
    base: str,
    head: str,
    commits: Iterable[Mapping[str, Any]],
    accounts: Mapping[str, Mapping[str, Any]],
) -> bytes:
    """Return the event file of a pull request.

    `told` is what `GET /api/0/PROJECT/pull-request/NUMBER` answers. It names people and no numbers:
    `accounts` does. Base and head are what Git says, as Pagure's own words come late.
    """
    project, number = told["project"], told["id"]

    def user(name: str) -> dict[str, object]:
        return {"id": accounts[name]["id"], "login": name, "type": "User"}

    pull = {
        "number": number,
        "user": user(told["user"]["name"]),
        "head": {"sha": head},
        "base": {"sha": base, "repo": {"id": project["id"], "full_name": project["name"]}},
    }
    reviews = [
        {
            "id": each["id"],
            "user": user(each["user"]["name"]),
            "state": _state(each),
            "commit_id": each["commit"],
            "submitted_at": _instant(each["date_created"]),
            "pull_request_url": f"/repos/{project['name']}/pulls/{number}",
        }
        for each in told["comments"]
        if not each["notification"]
    ]
    written = [{**each, "author": user(each["author"])} for each in commits]
    return json.dumps({"pull_request": pull, "reviews": reviews, "commits": written}).encode()


def _state(comment: Mapping[str, Any]) -> str:
    """Return what a comment says; one that somebody has edited afterwards says nothing."""
    words = comment["comment"].split()
    if comment["edited_on"]:
        return "COMMENTED"
    if any(word in words for word in _OBJECTS):
        return "CHANGES_REQUESTED"
    return "APPROVED" if any(word in words for word in _APPROVES) else "COMMENTED"


def _instant(seconds: str) -> str:
    return datetime.fromtimestamp(float(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
