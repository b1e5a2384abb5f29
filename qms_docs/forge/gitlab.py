"""Merge requests of GitLab as values: what its REST interface (version 4) says of approvals.

GitLab names no commit in an approval. It was given for the version of the merge request that stood
at that instant, so the commit is the head of that version. Its machines do not agree to the second,
and its notes are written later than what they tell of: they give an approval its number, not its
instant. Tried against answers written by hand, never against GitLab itself.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from qms_docs.edges import http
from qms_docs.edges.http import Service
from qms_docs.forge import fields
from qms_docs.forge.fields import Fields
from qms_docs.words.errors import QmsError
from qms_docs.words.evidence import ReviewState
from qms_docs.words.pullrequests import Account, PullRequest, Review

FORGE = "gitlab"
ADDRESS = "https://gitlab.com/api/v4"
TOKEN = "GITLAB_TOKEN"  # noqa: S105 - the name of the variable that holds it
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)+")
_APPROVED = "approved this merge request"
_REJECTED = "requested changes"
_SKEW = timedelta(seconds=5)
"""By how much the clocks of GitLab's machines may differ; nobody reads a text in less."""


@dataclass(frozen=True)
class _Version:
    """What the merge request was from an instant on."""

    id: int
    head: str
    base: str
    """What the head was shown against: where the branch had left the target of then."""
    made: datetime


@dataclass(frozen=True)
class _Note:
    """What GitLab itself has noted of what somebody did."""

    id: int
    account: int
    body: str
    made: datetime


def from_event(data: bytes, source: str) -> PullRequest:
    """Return the merge request in a file that holds five answers of GitLab, lists in one piece.

    `merge_request` is what `GET /projects/{id}/merge_requests/{iid}` answers; `approvals`,
    `reviewers`, `notes` and `versions` what stands below it. QmsError for a webhook's event, which
    tells of one event alone, and for everything that is not as described.
    """
    event = fields.mapping(fields.read(data, source), source)
    if "object_kind" in event:
        raise QmsError("forge-partial", source=source)
    names = ("merge_request", "approvals", "reviewers", "notes", "versions")
    return merge_request(*(event.get(name) for name in names))


def asked(service: Service, name: str, number: int) -> PullRequest:
    """Return a merge request as GitLab tells it now; `name` is the path of the project.

    Raises QmsError if GitLab does not answer, or tells of another one. The versions are asked for
    last, so that none is missing that an approval could have been given for.
    """
    if not _NAME.fullmatch(name):
        raise QmsError("repository-name", name=name)
    path = f"/projects/{quote(name, safe='')}/merge_requests/{number}"
    found = merge_request(
        fields.read(service.get(path), path),
        fields.read(service.get(f"{path}/approvals"), path),
        fields.read(service.get(f"{path}/reviewers?per_page=100"), path),
        list(_listed(service, f"{path}/notes?sort=asc&")),
        list(_listed(service, f"{path}/versions?")),
    )
    if found.number != number:
        raise fields.wrong("merge_request.iid", found.number)
    if found.host != service.host:
        raise fields.wrong("merge_request.web_url", found.host)
    return found


def _listed(service: Service, path: str) -> Iterator[object]:
    """Yield all items of a list; pages are counted, no address in an answer is followed."""
    for page in range(1, http.PAGES + 1):
        data, following = service.told(f"{path}per_page=100&page={page}", "X-Next-Page")
        yield from fields.items(fields.read(data, path), path)
        if following == "":
            return
        if following != str(page + 1):
            raise fields.wrong("X-Next-Page", following)
    raise QmsError("service-pages", url=f"{service.base}{path}")


def service(base: str, token: str, wait: Callable[[float], None] = time.sleep) -> Service:
    """Return GitLab at an address, asked with a token; raises QmsError if it cannot be one."""
    headers = {"Accept": "application/json", "User-Agent": "qms-docs"}
    if token:
        headers["PRIVATE-TOKEN"] = http.secret(token, TOKEN)
    return Service(base.rstrip("/"), headers, wait)


def merge_request(
    told: object, approvals: object, reviewers: object, notes: object, versions: object
) -> PullRequest:
    """Return a merge request from five answers.

    Raises QmsError if one is not as described, or if they are not of one moment.
    """
    inside = "merge_request"
    request = fields.mapping(told, inside)
    number, head = fields.number(request, "iid", inside), fields.commit(request, "sha", inside)
    identity = fields.number(request, "id", inside)
    pushes = sorted(_versions(fields.items(versions, "versions"), identity), key=lambda v: v.id)
    if not pushes or pushes[-1].head != head:
        raise QmsError("forge-moved")
    noted = sorted(_notes(fields.items(notes, "notes"), identity), key=lambda note: note.id)
    _refuse_unnoted(fields.items(reviewers, "reviewers"), noted)
    standing = dict(_standing(fields.mapping(approvals, "approvals")))
    return PullRequest(
        forge=FORGE,
        repository=fields.number(request, "target_project_id", inside),
        name=_name(request, number),
        number=number,
        # Where the target branch was; diff_refs.base_sha is where this branch left it.
        base=fields.commit(fields.part(request, "diff_refs", inside), "start_sha", inside),
        head=head,
        opener=_account(request, inside),
        reviews=tuple(_reviews(noted, standing, pushes)),
        branch=fields.text(request, "target_branch", inside),
        host=fields.host(request, "web_url", inside),
        reference=f"merge-requests/{number}/head",
    )


def _name(request: Fields, number: int) -> str:
    inside = "merge_request.references"
    full = fields.text(fields.part(request, "references", "merge_request"), "full", inside)
    name, _, iid = full.rpartition("!")
    if iid != str(number):
        raise fields.wrong(f"{inside}.full", full)
    return name


def _account(told: Fields, inside: str, name: str = "author") -> int:
    return fields.number(fields.part(told, name, inside), "id", f"{inside}.{name}")


def _versions(told: list[object], identity: int) -> Iterator[_Version]:
    for position, each in enumerate(told):
        inside = f"versions[{position}]"
        version = fields.mapping(each, inside)
        if fields.number(version, "merge_request_id", inside) != identity:
            raise fields.wrong(f"{inside}.merge_request_id", version["merge_request_id"])
        yield _Version(
            id=fields.number(version, "id", inside),
            head=fields.commit(version, "head_commit_sha", inside),
            base=fields.commit(version, "base_commit_sha", inside),
            made=fields.moment(version, "created_at", inside),
        )


def _notes(told: list[object], identity: int) -> Iterator[_Note]:
    """Yield what GitLab has noted itself; what people have written says nothing here."""
    seen: set[int] = set()
    for position, each in enumerate(told):
        inside = f"notes[{position}]"
        note = fields.mapping(each, inside)
        number = fields.number(note, "id", inside)
        if number in seen:
            raise fields.wrong(f"{inside}.id", number)
        seen.add(number)
        if fields.number(note, "noteable_id", inside) != identity:
            raise fields.wrong(f"{inside}.noteable_id", note["noteable_id"])
        if fields.flag(note, "system", inside):
            body, made = note.get("body"), fields.moment(note, "created_at", inside)
            yield _Note(number, _account(note, inside), str(body), made)


def _standing(told: Fields) -> Iterator[tuple[int, datetime | None]]:
    """Yield whose approvals stand, and since when: older ones of GitLab do not say that."""
    inside, seen = "approvals.approved_by", set()
    for position, each in enumerate(fields.items(told.get("approved_by"), inside)):
        where = f"{inside}[{position}]"
        approval = fields.mapping(each, where)
        account = _account(approval, where, "user")
        if account in seen:
            raise fields.wrong(f"{where}.user.id", account)
        seen.add(account)
        is_known = approval.get("approved_at") is not None
        yield account, fields.moment(approval, "approved_at", where) if is_known else None


def _refuse_unnoted(told: list[object], noted: Iterable[_Note]) -> None:
    """Raise QmsError if somebody asks for changes of whom no note says so."""
    known = {note.account for note in noted if note.body.startswith(_REJECTED)}
    for position, each in enumerate(told):
        inside = f"reviewers[{position}]"
        reviewer = fields.mapping(each, inside)
        account = _account(reviewer, inside, "user")
        if fields.text(reviewer, "state", inside) == "requested_changes" and account not in known:
            raise QmsError("forge-unsettled", account=account)


def _reviews(
    noted: Sequence[_Note], standing: Mapping[int, datetime | None], pushes: Sequence[_Version]
) -> Iterator[Review]:
    """Yield every approval and request for changes; an approval that no longer stands as such."""
    current = {account: _note_of(account, since, noted) for account, since in standing.items()}
    for note in noted:
        found = current.get(note.account)
        if note.body.startswith(_REJECTED):
            yield _review(note, ReviewState.CHANGES_REQUESTED, note.made, _at(pushes, note.made))
        elif note.body == _APPROVED and note == found:
            since = standing[note.account]
            version = _at(pushes, since - _SKEW) if since else None
            yield _review(note, ReviewState.APPROVED, since or note.made, version)
        elif note.body == _APPROVED and not (found and note.id > found.id):  # else noted twice
            yield _review(note, ReviewState.DISMISSED, note.made, _at(pushes, note.made))


def _review(note: _Note, state: ReviewState, when: datetime, version: _Version | None) -> Review:
    head, base = (version.head, version.base) if version else ("", "")
    return Review(note.id, Account(note.account), state, head, fields.told(when), base)


def _note_of(account: int, since: datetime | None, noted: Sequence[_Note]) -> _Note:
    """Return the note of an approval that stands; raises QmsError if there is none (yet)."""
    mine = [note for note in noted if note.account == account and note.body == _APPROVED]
    later = [note for note in mine if since and note.made >= since - _SKEW]
    found = later[0] if later else mine[-1] if mine and since is None else None
    if found is None:
        raise QmsError("forge-unsettled", account=account)
    return found


def _at(pushes: Sequence[_Version], when: datetime) -> _Version | None:
    """Return the version that stood at an instant; None if none did."""
    before = [version for version in pushes if version.made < when]
    return before[-1] if before else None
