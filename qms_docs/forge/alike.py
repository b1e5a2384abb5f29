"""What GitHub and Gitea tell in the same words: a pull request, its reviews and its commits."""

from collections.abc import Callable, Iterator

from qms_docs.forge import fields
from qms_docs.forge.fields import Fields
from qms_docs.words.pullrequests import Account, Authored, PullRequest, Review

AccountOf = Callable[[Fields, str], Account | None]
ReviewOf = Callable[[Fields, str], Review | None]
"""Return what one entry says, which stands at a place; None if it is no review."""


def pull_request(
    forge: str, answers: tuple[object, object, object], account: AccountOf, review: ReviewOf
) -> PullRequest:
    """Return a pull request from its answer, its reviews and its commits.

    Raises QmsError if one is not as described, or a review is another pull request's.
    """
    pull, reviews, commits = answers
    inside = "pull_request"
    told = fields.mapping(pull, inside)
    base = fields.part(told, "base", inside)
    repository = fields.part(base, "repo", f"{inside}.base")
    name = fields.text(repository, "full_name", f"{inside}.base.repo")
    number = fields.number(told, "number", inside)
    opener = account(told, inside)
    return PullRequest(
        forge=forge,
        repository=fields.number(repository, "id", f"{inside}.base.repo"),
        name=name,
        number=number,
        base=fields.commit(base, "sha", f"{inside}.base"),
        head=fields.commit(fields.part(told, "head", inside), "sha", f"{inside}.head"),
        opener=opener.id if opener else 0,
        reviews=tuple(_reviews(reviews, f"/{name}/pulls/{number}", review)),
        commits=tuple(_commits(fields.items(commits, "commits"))),
        branch=fields.text(base, "ref", f"{inside}.base") if "ref" in base else "",
        reference=f"pull/{number}/head",
    )


def _reviews(told: object, address: str, review: ReviewOf) -> Iterator[Review]:
    """Yield the reviews, each once; each must say that it belongs to this pull request."""
    seen: set[int] = set()
    for position, each in enumerate(fields.items(told, "reviews")):
        inside = f"reviews[{position}]"
        entry = fields.mapping(each, inside)
        where = fields.text(entry, "pull_request_url", inside)
        if not where.lower().endswith(address.lower()):
            raise fields.wrong(f"{inside}.pull_request_url", where)
        number = fields.number(entry, "id", inside)
        if number in seen:
            raise fields.wrong(f"{inside}.id", number)
        seen.add(number)
        found = review(entry, inside)
        if found is not None:
            yield found


def _commits(told: list[object]) -> Iterator[Authored]:
    """Yield who wrote the commits; of a merge, who wrote is said by what was merged."""
    for position, each in enumerate(told):
        inside = f"commits[{position}]"
        commit = fields.mapping(each, inside)
        parents = fields.items(commit.get("parents"), f"{inside}.parents")
        author = _author(commit, inside)
        if len(parents) < 2:
            yield Authored(fields.commit(commit, "sha", inside), author)


def _author(commit: Fields, inside: str) -> int:
    """Return whose account has the address in a commit; 0 if it is nobody's."""
    if commit.get("author") in (None, {}):  # an empty object can stand for null
        return 0
    author = fields.part(commit, "author", inside)
    number = author.get("id")
    if type(number) is int and number < 0:  # somebody who is gone, or a program
        return 0
    return fields.number(author, "id", f"{inside}.author")
