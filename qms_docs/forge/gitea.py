"""Pull requests of Gitea and Forgejo as values: what their REST interface (version 1) says.

A review names its commit and keeps its state when it is dismissed, which is a flag. Its date is
that of its first draft. Tried against answers written by hand, never against either of them.
"""

import re
import time
from collections.abc import Callable, Iterator

from qms_docs.edges import http
from qms_docs.edges.http import Service
from qms_docs.forge import fields
from qms_docs.forge.fields import Fields
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import ReviewState
from qms_docs.words.pullrequests import Account, Authored, PullRequest, Review

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
    inside = "pull_request"
    told = fields.mapping(pull, inside)
    base = fields.part(told, "base", inside)
    repository = fields.part(base, "repo", f"{inside}.base")
    name = fields.text(repository, "full_name", f"{inside}.base.repo")
    number = fields.number(told, "number", inside)
    opener = _account(told, inside)
    # Once it is merged, the tip of the base holds what is to be compared with it.
    is_merged = fields.flag(told, "merged", inside)
    begin = fields.commit(told, "merge_base", inside) if is_merged else ""
    return PullRequest(
        forge=FORGE,
        repository=fields.number(repository, "id", f"{inside}.base.repo"),
        name=name,
        number=number,
        base=begin or fields.commit(base, "sha", f"{inside}.base"),
        head=fields.commit(fields.part(told, "head", inside), "sha", f"{inside}.head"),
        opener=opener.id if opener else 0,
        reviews=tuple(_reviews(fields.items(reviews, "reviews"), f"/{name}/pulls/{number}")),
        commits=tuple(_commits(fields.items(commits, "commits"))),
        branch=fields.text(base, "ref", f"{inside}.base") if "ref" in base else "",
        host=fields.host(told, "html_url", inside),
    )


def _reviews(told: list[object], address: str) -> Iterator[Review]:
    seen: set[int] = set()
    for position, each in enumerate(told):
        inside = f"reviews[{position}]"
        review = fields.mapping(each, inside)
        number = fields.number(review, "id", inside)
        where = fields.text(review, "pull_request_url", inside)
        if number in seen or not where.lower().endswith(address.lower()):
            raise fields.wrong(f"{inside}.id", number)
        seen.add(number)
        is_placed = review.get("commit_id") not in ("", None)
        if review.get("state") != _REQUEST:
            yield Review(
                id=number,
                account=_account(review, inside),
                state=_state(review, inside),
                commit=fields.commit(review, "commit_id", inside) if is_placed else "",
                submitted=fields.instant(review, "submitted_at", inside),
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


def _commits(told: list[object]) -> Iterator[Authored]:
    """Yield who wrote the commits; of a merge, who wrote is said by what was merged."""
    for position, each in enumerate(told):
        inside = f"commits[{position}]"
        commit = fields.mapping(each, inside)
        parents = fields.items(commit.get("parents"), f"{inside}.parents")
        # Null stands where no account has the address.
        author = _account({"user": commit.get("author")}, inside)
        if len(parents) < 2:
            yield Authored(fields.commit(commit, "sha", inside), author.id if author else 0)
