"""Pull requests of Gitea and Forgejo as values: what their REST interface (version 1) says.

A review names its commit and keeps its state when it is dismissed, which is a flag. Its date is
that of its first draft. Tried against answers written by hand, never against either of them.
"""

import re
import time
from collections.abc import Callable
from dataclasses import replace

from qms_docs.edges import http
from qms_docs.edges.http import Service
from qms_docs.forge import alike, fields
from qms_docs.forge.fields import Fields
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import ReviewState
from qms_docs.words.pullrequests import Account, PullRequest, Review

FORGE = "gitea"
ADDRESS = ""
"""There is none that most people mean."""
TOKEN = "GITEA_TOKEN"  # noqa: S105 - the name of the variable that holds it
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*/(?!\.{1,2}$)[A-Za-z0-9_.-]+")
_GHOST = -1
"""Number of whoever is gone; numbers below are of programs, such as those of workflows."""
_REQUEST = "REQUEST_REVIEW"
"""State of what is no review: somebody, or a team, is asked for one."""
_STATES = {
    "APPROVED": ReviewState.APPROVED,
    "REQUEST_CHANGES": ReviewState.CHANGES_REQUESTED,
    "COMMENT": ReviewState.COMMENTED,
    "PENDING": ReviewState.PENDING,
}


def from_event(data: bytes, source: str) -> PullRequest:
    """Return the pull request in a file `{"pull_request": …, "reviews": […], "commits": […]}`.

    They are what `GET /repos/{owner}/{repo}/pulls/{index}` and `…/reviews` and `…/commits` answer,
    all pages in one list; `commits` may be left out. QmsError for a webhook's event, which tells of
    one review alone, and for everything that is not as described.
    """
    event = fields.mapping(fields.read(data, source), source)
    if "reviews" not in event and ("review" in event or "action" in event):
        raise QmsError("forge-partial", source=source)
    pull = event.get("pull_request")
    return pull_request(pull, event.get("reviews"), event.get("commits", []))


def asked(service: Service, name: str, number: int) -> PullRequest:
    """Return a pull request as it is told now; `name` is owner and name of the repository.

    Raises QmsError if nobody answers, or tells of another one.
    """
    if not _NAME.fullmatch(name):
        raise QmsError("repository-name", name=name)
    path = f"/repos/{name}/pulls/{number}"
    told = fields.read(service.get(path), path)
    reviews, _ = _listed(service, f"{path}/reviews")
    commits, total = _listed(service, f"{path}/commits")
    if len(commits) != total:
        raise fields.wrong("X-Total-Count", total)
    found = pull_request(told, reviews, commits)
    if found.number != number:
        raise fields.wrong("pull_request.number", found.number)
    if found.host != service.host:
        raise fields.wrong("pull_request.html_url", found.host)
    return found


def _listed(service: Service, path: str) -> tuple[list[object], int]:
    """Return all items of a list, and how many the service counts.

    The list of reviews has no header `Link`, and leaves out drafts of others that it counts; how
    many a page holds is for the service to say. So we go on until the fullest page, as often as we
    have asked, would hold all.
    """
    found: list[object] = []
    fullest, total = 1, ""
    for page in range(1, http.PAGES + 1):
        data, told = service.told(f"{path}?page={page}&limit=50", "X-Total-Count")
        if not told or not (told.isascii() and told.isdigit()) or told != (total or told):
            raise fields.wrong("X-Total-Count", told)
        total = told
        items = fields.items(fields.read(data, path), path)
        found += items
        fullest = max(fullest, len(items))
        if page * fullest >= int(total):
            return found, int(total)
    raise QmsError("service-pages", url=f"{service.base}{path}")


def service(base: str, token: str, wait: Callable[[float], None] = time.sleep) -> Service:
    """Return Gitea or Forgejo at an address, asked with a token.

    Raises QmsError if it cannot be one.
    """
    headers = {"Accept": "application/json", "User-Agent": "qms-docs"}
    if token:
        headers["Authorization"] = f"token {http.secret(token, TOKEN)}"
    return Service(base.rstrip("/"), headers, wait)


def pull_request(pull: object, reviews: object, commits: object) -> PullRequest:
    """Return a pull request from three answers; raises QmsError if one is not as described."""
    found = alike.pull_request(FORGE, (pull, reviews, commits), _account, _review)
    inside = "pull_request"
    told = fields.mapping(pull, inside)
    # Once it is merged, the tip of the base holds what is to be compared with it.
    is_merged = fields.flag(told, "merged", inside)
    base = fields.commit(told, "merge_base", inside) if is_merged else found.base
    return replace(found, base=base, host=fields.host(told, "html_url", inside))


def _review(told: Fields, inside: str) -> Review | None:
    if told.get("state") == _REQUEST:
        return None
    is_placed = told.get("commit_id") not in ("", None)
    return Review(
        id=fields.number(told, "id", inside),
        account=_account(told, inside),
        state=_state(told, inside),
        commit=fields.commit(told, "commit_id", inside) if is_placed else "",
        submitted=fields.instant(told, "submitted_at", inside),
    )


def _state(review: Fields, inside: str) -> ReviewState:
    """Return what a review says; that it was dismissed takes nothing from a request for changes."""
    value = fields.text(review, "state", inside)
    state = _STATES.get(value)
    if state is None:
        raise fields.wrong(f"{inside}.state", value)
    is_dismissed = fields.flag(review, "dismissed", inside)
    ends = is_dismissed and state is ReviewState.APPROVED
    return ReviewState.DISMISSED if ends else state


def _account(told: Fields, inside: str) -> Account | None:
    """Return who it was; None where nobody is named: a team, or somebody who is gone."""
    if "user" not in told:
        raise fields.wrong(f"{inside}.user")
    if told["user"] is None:
        return None
    user = fields.part(told, "user", inside)
    number = user.get("id")
    if number == _GHOST:
        return None
    if type(number) is int and number < _GHOST:
        return Account(0, is_bot=True)
    return Account(fields.number(user, "id", f"{inside}.user"))
