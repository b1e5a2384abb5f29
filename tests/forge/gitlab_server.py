"""What GitLab's REST interface (version 4) answers, written by hand after its description."""

from tests.forge.loopback import TOKEN, Answer, Stand

HOST = "127.0.0.1"
PROJECT, NAME, NUMBER, REQUEST = 4711, "demo/quality/manual", 7, 90210
PATH = f"/api/v4/projects/{NAME.replace('/', '%2F')}/merge_requests/{NUMBER}"
APPROVED, REJECTED = "approved this merge request", "requested changes"


def user(number: int) -> dict[str, object]:
    return {
        "id": number,
        "username": f"demo-{number}",
        "name": f"Demo {number}",
        "state": "active",
        "locked": False,
        "avatar_url": None,
        "web_url": f"https://{HOST}/demo-{number}",
    }


def request(
    head: str = "a" * 40, start: str = "b" * 40, opener: int = 14, host: str = HOST
) -> dict[str, object]:
    return {
        "id": REQUEST,
        "iid": NUMBER,
        "project_id": PROJECT,
        "target_project_id": PROJECT,
        "target_branch": "main",
        "source_project_id": PROJECT,
        "state": "opened",
        "author": user(opener),
        "sha": head,
        "diff_refs": {"base_sha": start, "head_sha": head, "start_sha": start},
        "references": {"short": f"!{NUMBER}", "full": f"{NAME}!{NUMBER}"},
        "web_url": f"https://{host}/{NAME}/-/merge_requests/{NUMBER}",
    }


def version(number: int, head: str, made: str, base: str = "b" * 40) -> dict[str, object]:
    return {
        "id": number,
        "head_commit_sha": head,
        "base_commit_sha": base,
        "start_commit_sha": "b" * 40,
        "created_at": made,
        "merge_request_id": REQUEST,
        "state": "collected",
        "real_size": "1",
        "patch_id_sha": None,
    }


def note(number: int, who: int, body: str, made: str, *, system: bool = True) -> dict[str, object]:
    return {
        "id": number,
        "type": None,
        "body": body,
        "author": user(who),
        "created_at": made,
        "updated_at": made,
        "system": system,
        "noteable_id": REQUEST,
        "noteable_type": "MergeRequest",
        "noteable_iid": NUMBER,
        "resolvable": False,
        "confidential": False,
        "internal": False,
    }


def approval(who: int, since: str | None) -> dict[str, object]:
    told: dict[str, object] = {"user": user(who)}
    return told if since is None else {**told, "approved_at": since}


def approvals(*standing: dict[str, object]) -> dict[str, object]:
    return {
        "user_has_approved": False,
        "user_can_approve": False,
        "approved": bool(standing),
        "approved_by": list(standing),
    }


def reviewer(who: int, state: str) -> dict[str, object]:
    return {"user": user(who), "state": state, "created_at": "2026-03-02T08:00:00.000Z"}


def whole() -> dict[str, object]:
    """Return a merge request that was approved by 11, then pushed to, then approved by 12."""
    return {
        "merge_request": request(),
        "approvals": approvals(
            approval(11, "2026-03-02T10:00:00.000Z"), approval(12, "2026-03-02T12:00:00.000Z")
        ),
        "reviewers": [reviewer(11, "approved"), reviewer(12, "approved")],
        "notes": [
            note(1, 11, APPROVED, "2026-03-02T10:00:01.500Z"),
            note(2, 14, "added 1 commit", "2026-03-02T11:00:00.000Z"),
            note(3, 12, APPROVED, "2026-03-02T12:00:00.100Z"),
            note(4, 13, APPROVED, "2026-03-02T12:30:00.000Z", system=False),
        ],
        "versions": [
            version(22, "a" * 40, "2026-03-02T11:00:00.000Z"),
            version(21, "c" * 40, "2026-03-02T09:00:00.000Z"),
        ],
    }


def _page(stand: Stand, items: list[object], page: int, wanted: int) -> Answer:
    following = str(page + 1) if len(items) > page * wanted else ""
    link = f'<https://elsewhere.example.com/?page={following}>; rel="next"' if following else ""
    headers = {
        "X-Page": str(page),
        "X-Per-Page": str(wanted),
        "X-Next-Page": following,
        "Link": link,  # a host behind a proxy tells its own address
    }
    return Answer(items[(page - 1) * wanted : page * wanted], headers=headers)


def gitlab(told: dict[str, object] | None = None) -> Stand:
    """Return GitLab with one merge request."""
    told = told or whole()
    holds = {f"{PATH}/{name}": each for name, each in told.items() if name != "merge_request"}
    return Stand(
        lists={"notes": _page, "versions": _page},
        token=("PRIVATE-TOKEN", TOKEN),
        size="per_page",
        holds={PATH: told["merge_request"], **holds},
    )
