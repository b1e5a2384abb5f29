"""What the REST interface (version 1) of Gitea and Forgejo answers, written by hand."""

from tests.forge.loopback import TOKEN, Answer, Stand

HOST = "127.0.0.1"
NUMBER, NAME = 7, "demo/manual"
PATH = f"/api/v1/repos/{NAME}/pulls/{NUMBER}"
REPOSITORY = 33


def user(number: int) -> dict[str, object]:
    return {"id": number, "login": f"demo-{number}", "email": f"{number}@noreply.example.com"}


GHOST = {"id": -1, "login": "Ghost", "email": ""}


def pull(
    head: str = "a" * 40,
    base: str = "b" * 40,
    opener: int = 14,
    host: str = HOST,
    repository: int = REPOSITORY,
) -> dict[str, object]:
    return {
        "id": 501,
        "number": NUMBER,
        "user": user(opener),
        "state": "open",
        "merged": False,
        "merge_base": "c" * 40,
        "html_url": f"https://{host}/{NAME}/pulls/{NUMBER}",
        "head": {"label": "topic", "ref": "topic", "sha": head, "repo_id": -1, "repo": None},
        "base": {
            "label": "main",
            "ref": "main",
            "sha": base,
            "repo_id": repository,
            "repo": {"id": repository, "full_name": NAME},
        },
    }


def review(
    number: int,
    who: int | dict[str, object] | None = 11,
    state: str = "APPROVED",
    *,
    commit: str = "a" * 40,
    when: str = "",
    dismissed: bool = False,
    stale: bool = False,
) -> dict[str, object]:
    return {
        "id": number,
        "user": user(who) if isinstance(who, int) else who,
        "team": None,
        "state": state,
        "body": "",
        "commit_id": commit,
        "stale": stale,
        "official": True,
        "dismissed": dismissed,
        "comments_count": 0,
        "submitted_at": when or f"2026-03-02T10:{number % 60:02}:00Z",
        "updated_at": "2026-03-05T10:00:00Z",
        "html_url": f"https://{HOST}/{NAME}/pulls/{NUMBER}#issuecomment-{number}",
        "pull_request_url": f"https://{HOST}/{NAME}/pulls/{NUMBER}",
    }


def commit(who: int | None = 14, sha: str = "d" * 40, parents: int = 1) -> dict[str, object]:
    return {
        "sha": sha,
        "author": user(who) if who else None,
        "parents": [{"sha": "e" * 40}] * parents,
    }


def whole() -> dict[str, object]:
    return {"pull_request": pull(), "reviews": [review(1), review(2, 12)], "commits": [commit()]}


def _reviews(stand: Stand, items: list[object], page: int, wanted: int) -> Answer:
    """Count drafts of others, but show none; there is no header `Link`."""
    shown = items[(page - 1) * wanted : page * wanted]
    told = [each for each in shown if isinstance(each, dict) and each.get("state") != "PENDING"]
    return Answer(told, headers={"X-Total-Count": str(len(items))})


def _commits(stand: Stand, items: list[object], page: int, wanted: int) -> Answer:
    headers = {"X-Total-Count": str(len(items)), "X-HasMore": str(len(items) > page * wanted)}
    return Answer(items[(page - 1) * wanted : page * wanted], headers=headers)


def gitea(told: dict[str, object] | None = None) -> Stand:
    """Return Gitea with one pull request."""
    told = told or whole()
    return Stand(
        lists={"reviews": _reviews, "commits": _commits},
        token=("Authorization", f"token {TOKEN}"),
        size="limit",
        largest=50,
        holds={
            PATH: told["pull_request"],
            f"{PATH}/reviews": told["reviews"],
            f"{PATH}/commits": told["commits"],
        },
    )
