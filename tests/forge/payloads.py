"""What GitHub's REST interface answers, written by hand: no recorded answer of GitHub.

First only what is read of it; `whole_…` as whole answers, like the examples in its description.
"""

from tests.forge.described import complete

NAME = "demo/manual"
PULL = f"/repos/{NAME}/pulls/7"


def user(number: int, kind: str = "User") -> dict[str, object]:
    return {"id": number, "node_id": "x", "login": f"demo-{number}", "type": kind}


def pull() -> dict[str, object]:
    return {
        "id": 1,
        "number": 7,
        "state": "open",
        "user": user(14),
        "head": {"ref": "topic", "sha": "a" * 40, "repo": None},
        "base": {"ref": "main", "sha": "b" * 40, "repo": {"id": 987654, "full_name": NAME}},
        "commits": 1,
    }


def review(number: int, who: int = 11, state: str = "APPROVED") -> dict[str, object]:
    return {
        "id": number,
        "node_id": "x",
        "user": user(who),
        "body": "Fine, write to me at somebody@example.com",
        "state": state,
        "commit_id": "a" * 40,
        "submitted_at": f"2026-03-02T10:{number % 60:02}:00Z",
        "author_association": "MEMBER",
        "pull_request_url": f"https://api.github.com{PULL}",
    }


def commit(who: int | None = 14, parents: int = 1) -> dict[str, object]:
    return {
        "sha": "c" * 40,
        "author": user(who) if who else None,
        "parents": [{"sha": "d" * 40}] * parents,
    }


def whole_pull(**changes: object) -> dict[str, object]:
    part = {**pull(), "head": {"ref": "topic", "sha": "c" * 40}, **changes}
    return complete("pull-request", part)


def whole_review(number: int, who: int = 11, state: str = "APPROVED") -> dict[str, object]:
    return complete("pull-request-review-items", review(number, who, state))


def whole_commit(who: int | None = 14) -> dict[str, object]:
    parents = [{"sha": "d" * 40, "url": "https://api.github.com/x"}]
    return complete("commit-items", {**commit(who), "parents": parents})
