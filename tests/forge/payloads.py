"""What GitHub's REST interface answers, written by hand: no recorded answer of GitHub."""

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
