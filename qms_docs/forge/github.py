"""Pull requests of GitHub as values: what its REST interface says, trusted in nothing else.

Its schemas are called `pull-request`, `pull-request-review` and `commit`; webhooks write the states
in lower case. Tried against recorded answers, never against GitHub itself.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from qms_docs.edges import http
from qms_docs.edges.http import Service
from qms_docs.forge import alike, fields
from qms_docs.forge.fields import Fields
from qms_docs.forge.looking import listed
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import ReviewState
from qms_docs.words.pullrequests import Account, PullRequest, Review

FORGE = "github"
ADDRESS = "https://api.github.com"
TOKEN = "GITHUB_TOKEN"  # noqa: S105 - the name of the variable that holds it
_TARGET_EVENTS = ("base_ref_changed", "automatic_base_change_succeeded")
"""By a person, and by GitHub where the first target was merged and deleted."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/(?!\.{1,2}$)[A-Za-z0-9._-]+")


def from_event(data: bytes, source: str) -> PullRequest:
    """Return the pull request in a file `{"pull_request": …, "reviews": […], "commits": […]}`.

    The first two are what `GET /repos/{owner}/{repo}/pulls/{number}` and `…/reviews` answer, all
    pages in one list; `commits` may be left out, and so may `events`, the answer to
    `GET /repos/{owner}/{repo}/issues/{number}/events`, all pages. The event `pull_request_review`
    has one review alone, and what it does not show may be a rejection: QmsError, as for everything
    that is not as described.
    """
    event = fields.mapping(fields.read(data, source), source)
    if "review" in event and "reviews" not in event:
        raise QmsError("forge-partial", source=source)
    pull = event.get("pull_request")
    listed = (event.get(name, []) for name in ("commits", "events"))
    return pull_request(pull, event.get("reviews"), *listed)


def asked(service: Service, name: str, number: int) -> PullRequest:
    """Return a pull request as GitHub tells it now; `name` is owner and name of the repository.

    Raises QmsError if GitHub does not answer, or tells of another one.
    """
    home = repository_path(name)
    path = f"{home}/pulls/{number}"
    told = fields.mapping(fields.read(service.get(path), path), "pull_request")
    reviews = list(listed(service, f"{path}/reviews"))
    commits = list(listed(service, f"{path}/commits"))
    events = list(listed(service, f"{home}/issues/{number}/events"))
    found = pull_request(told, reviews, commits, events)
    if found.number != number:
        raise fields.wrong("pull_request.number", found.number)
    if fields.number(told, "commits", "pull_request") != len(commits):  # GitHub lists 250 at most
        raise fields.wrong("pull_request.commits", told["commits"])
    if all(fields.mapping(each, "commits").get("sha") != found.head for each in commits):
        raise fields.wrong("pull_request.head.sha", found.head)  # somebody has pushed meanwhile
    return found


def repository_path(name: str) -> str:
    """Return the path of a repository, OWNER/NAME; raises QmsError if it can be no such name."""
    if not _NAME.fullmatch(name):
        raise QmsError("repository-name", name=name)
    return f"/repos/{name}"


def service(base: str, token: str, wait: Callable[[float], None] = time.sleep) -> Service:
    """Return GitHub at an address, asked with a token; raises QmsError if it cannot be one."""
    headers = {
        "Accept": "application/vnd.github+json",
        "User-Agent": "qms-docs",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    if token:
        headers["Authorization"] = f"Bearer {http.secret(token, TOKEN)}"
    return Service(base.rstrip("/"), headers, wait)


def pull_request(pull: object, reviews: object, commits: object, events: object) -> PullRequest:
    """Return a pull request from its answers; raises QmsError if one is not as described."""
    found = alike.pull_request(FORGE, (pull, reviews, commits), account, _review)
    retargeted = _retargeted(fields.items(events, "events"))
    return replace(found, reviews=tuple(_bound(found.reviews, retargeted)))


def _retargeted(told: list[object]) -> str:
    """Return when the pull request was last given another branch to be merged into, if ever."""
    events = [(f"events[{place}]", each) for place, each in enumerate(told)]
    named = ((inside, fields.mapping(each, inside)) for inside, each in events)
    instants = (
        fields.instant(each, "created_at", inside)
        for inside, each in named
        if fields.text(each, "event", inside) in _TARGET_EVENTS
    )
    return max(instants, default="")


def _bound(reviews: Iterable[Review], retargeted: str) -> Iterator[Review]:
    """Yield reviews; an approval from before names no commit, as nobody knows what it was shown."""
    for each in reviews:
        is_old = each.state is ReviewState.APPROVED and each.submitted <= retargeted
        yield replace(each, commit="") if is_old else each


def _review(told: Fields, inside: str) -> Review:
    state = _state(told, inside)
    submitted = state is not ReviewState.PENDING or told.get("submitted_at") is not None
    return Review(
        id=fields.number(told, "id", inside),
        account=account(told, inside),
        state=state,
        # None can be a commit that is gone: the review then counts for nothing.
        commit="" if told.get("commit_id") is None else fields.commit(told, "commit_id", inside),
        submitted=fields.instant(told, "submitted_at", inside) if submitted else "",
    )


def _state(told: Fields, inside: str) -> ReviewState:
    value = fields.text(told, "state", inside)
    try:
        return ReviewState(value.lower())
    except ValueError as error:
        raise fields.wrong(f"{inside}.state", value) from error


def account(told: Fields, inside: str) -> Account | None:
    """Return who it was; None where GitHub no longer says (`user` is null)."""
    if "user" not in told:
        raise fields.wrong(f"{inside}.user")
    if told["user"] is None:
        return None
    user = fields.part(told, "user", inside)
    kind = fields.text(user, "type", f"{inside}.user")
    return Account(fields.number(user, "id", f"{inside}.user"), kind != "User")
