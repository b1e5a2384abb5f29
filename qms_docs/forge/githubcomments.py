"""Our one comment in a pull request of GitHub: found again, written, or brought up to date.

Schemas `simple-user` and `issue-comment`. Tried against answers written by hand, never against
GitHub itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from qms_docs.edges.http import TRIES, RefusedError, Service, UnclearError
from qms_docs.forge import fields, github
from qms_docs.forge.looking import listed
from qms_docs.words.errors import QmsError

FORGE = github.FORGE
LARGEST = 65_536
"""Characters of a comment, as GitHub limits it."""


@dataclass(frozen=True)
class Comment:
    """A comment with its author."""

    id: int
    account: int
    """0 where GitHub no longer says whose it is."""
    body: str


def told(service: Service, name: str, number: int, marker: str, body: str, account: int = 0) -> str:
    """Let the pull request bear `body` as our comment; return `created`, `updated` or `unchanged`.

    Ours is the oldest that begins with the marker and is by the account of the token, which
    GitHub is asked for unless it is named. A stranger's with the marker is left alone. Raises
    QmsError.
    """
    assert body.startswith(marker)
    home = github.repository_path(name)
    place = f"{home}/issues/{number}/comments"
    account = account or _own_account(service)
    for attempt in range(TRIES):
        found = next(_ours(service, place, marker, account), None)
        if found is not None and _same(found.body, body):
            return "unchanged" if attempt == 0 else "created"
        if found is not None:
            service.send("PATCH", f"{home}/issues/comments/{found.id}", {"body": body})
            return "updated"
        try:
            _create(service, place, body, account)
        except UnclearError:
            if attempt + 1 == TRIES:
                raise
            service.wait(2.0**attempt)  # it may be there: looked for before it is sent again
        else:
            return "created"
    raise AssertionError


def _create(service: Service, place: str, body: str, account: int) -> None:
    answer = fields.read(service.send("POST", place, {"body": body}), place)
    author = _comment(answer, "comment").account
    if author != account:  # it would be written anew each time
        raise QmsError("other-account", account=account, author=author)


def _own_account(service: Service) -> int:
    try:
        answer = service.get("/user")
    except RefusedError as error:  # a token of a program
        raise QmsError("whose-token", detail=f"HTTP {error.status}") from error
    return fields.number(fields.mapping(fields.read(answer, "/user"), "user"), "id", "user")


def _ours(service: Service, place: str, marker: str, account: int) -> Iterator[Comment]:
    """Yield our comments, the oldest first."""
    for position, each in enumerate(listed(service, place)):
        found = _comment(each, f"comments[{position}]")
        if found.account == account and found.body.startswith(marker):
            yield found


def _comment(told: object, inside: str) -> Comment:
    comment = fields.mapping(told, inside)
    author = github.account(comment, inside)
    body = comment.get("body", "")
    if not isinstance(body, str):
        raise fields.wrong(f"{inside}.body", body)
    return Comment(fields.number(comment, "id", inside), author.id if author else 0, body)


def _same(one: str, other: str) -> bool:
    """Tell whether two texts are the same however a forge keeps the ends of lines."""
    return one.replace("\r\n", "\n").strip() == other.strip()
