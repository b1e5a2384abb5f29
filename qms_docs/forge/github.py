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
from qms_docs.forge import fields
from qms_docs.forge.fields import Fields
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import ReviewState
from qms_docs.words.pullrequests import Account, Authored, PullRequest, Review

_TARGET_EVENTS = ("base_ref_changed", "automatic_base_change_succeeded")
FORGE = "github"
ADDRESS = "https://api.github.com"
TOKEN = "GITHUB_TOKEN"  # noqa: S105 - the name of the variable that holds it
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
    reviews = list(_listed(service, f"{path}/reviews?per_page=100"))
    commits = list(_listed(service, f"{path}/commits?per_page=100"))
    events = list(_listed(service, f"{home}/issues/{number}/events?per_page=100"))
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


def _listed(service: Service, path: str) -> Iterator[object]:
    for page in service.pages(path):
        yield from fields.items(fields.read(page, path), path)


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
    inside = "pull_request"
    told = fields.mapping(pull, inside)
    base = fields.part(told, "base", inside)
    repository = fields.part(base, "repo", f"{inside}.base")
    name = fields.text(repository, "full_name", f"{inside}.base.repo")
    number = fields.number(told, "number", inside)
    opener = account(told, inside)
    told_reviews = _reviews(fields.items(reviews, "reviews"), f"/repos/{name}/pulls/{number}")
    return PullRequest(
        forge=FORGE,
        repository=fields.number(repository, "id", f"{inside}.base.repo"),
        name=name,
        number=number,
        base=fields.commit(base, "sha", f"{inside}.base"),
        head=fields.commit(fields.part(told, "head", inside), "sha", f"{inside}.head"),
        opener=opener.id if opener else 0,
        reviews=tuple(_bound(told_reviews, _retargeted(fields.items(events, "events")))),
        commits=tuple(_commits(fields.items(commits, "commits"))),
        branch=fields.text(base, "ref", f"{inside}.base") if "ref" in base else "",
    )


def _reviews(told: list[object], address: str) -> Iterator[Review]:
    seen: set[int] = set()
    for position, each in enumerate(told):
        inside = f"reviews[{position}]"
        review = _review(fields.mapping(each, inside), inside, address)
        if review.id in seen:
            raise fields.wrong(f"{inside}.id", review.id)
        seen.add(review.id)
        yield review


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


def _review(told: Fields, inside: str, address: str) -> Review:
    """Return one review, which must say that it belongs to this pull request."""
    where = fields.text(told, "pull_request_url", inside)
    if not where.lower().endswith(address.lower()):
        raise fields.wrong(f"{inside}.pull_request_url", where)
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


def _commits(told: list[object]) -> Iterator[Authored]:
    """Yield who wrote the commits; of a merge, who wrote is said by what was merged."""
    for position, each in enumerate(told):
        inside = f"commits[{position}]"
        commit = fields.mapping(each, inside)
        parents = fields.items(commit.get("parents"), f"{inside}.parents")
        author = commit.get("author")
        number = 0
        # Null, or an empty object, can stand where GitHub knows no account for the address.
        if author is not None and author != {}:
            number = fields.number(fields.part(commit, "author", inside), "id", f"{inside}.author")
        if len(parents) < 2:
            yield Authored(fields.commit(commit, "sha", inside), number)
