"""Pull requests of a forge for attacks: what GitHub answers, and an importer who records it."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from qms_docs.edges.git import Repository
from qms_docs.forge import github
from qms_docs.judge.approvals import Evidence
from qms_docs.judge.clicks import Clicks
from qms_docs.words.evidence import Record, Reviews, Subject
from qms_docs.words.pullrequests import PullRequest
from qms_docs.work import importing
from tests.attacks import scenes
from tests.attacks.stage import CONTROLLER, DRAFTER, MANAGER, QUALITY, ROLES, Stage
from tests.forge.described import complete

REPOSITORY, NAME = 987654, "demo/manual"
ACCOUNTS = {MANAGER: 11, QUALITY: 12, CONTROLLER: 13, DRAFTER: 14}
BOT = {"id": 99, "login": "helper[bot]", "type": "Bot"}
FORGED = {"importers": "[CSC-RS-03]", "repositories": f"{{github: [{REPOSITORY}]}}"}
Told = dict[str, object]
_changed = importing.changed


def before(stage: Stage) -> None:
    """Begin with an authority that counts pull requests, and a procedure in one language."""
    scenes.one_language(stage)
    text = stage.read("manual/authority.yaml")
    for who, number in ACCOUNTS.items():
        line = f"    emails: [{who}@example.com]\n"
        text = text.replace(line, f"{line}    accounts: {{github: [{number}]}}\n")
    text += "".join(f"{key}: {value}\n" for key, value in FORGED.items())
    stage.write({"manual/authority.yaml": text})
    assert set(ACCOUNTS) == set(ROLES)


def topic(stage: Stage, old: str = "within 15 days", new: str = "within 10 days") -> None:
    """Let the drafter propose a change of the procedure on a branch, prepared and pushed."""
    stage.git("switch", "--quiet", "--create", "topic")
    changed(stage, old, new)


def at_the_tip(repository: Repository, base: str, _: str) -> tuple[Subject, ...]:
    """Stand in for `importing.changed`: take every review for one of what stands there now."""
    return _changed(repository, base, "topic")


def whatever_came_between(_: Clicks, click: Any, said: list[Evidence]) -> Evidence | None:
    """Stand in for `Clicks._since`: go on from the first click, though something has ended it."""
    earlier = (each for each in said if each.person == click.who and each.said < click.when[0])
    return next(earlier, None)


def approved_by_clicks(stage: Stage) -> list[Told]:
    """Begin the branch, and return the clicks of all who must approve it."""
    topic(stage)
    return [review(stage, QUALITY), review(stage, MANAGER)]


def changed(stage: Stage, old: str, new: str, who: str = DRAFTER) -> None:
    """Let somebody change the procedure on the branch; the drafter signs it as prepared."""
    stage.edit("procedures/CSC-QP-01.md", old, new)
    stage.commit("Change of the text", who=who)
    stage.say(DRAFTER, "prepared")
    stage.commit("Prepared")


def user(who: str | int) -> Told:
    number = ACCOUNTS[who] if isinstance(who, str) else who
    return {"id": number, "login": f"{who}-on-github", "type": "User"}


def review(
    stage: Stage,
    who: str | int | Told | None,
    state: str = "APPROVED",
    *,
    number: int = 0,
    commit: str = "",
    when: datetime | None = None,
    pull: int = 7,
) -> Told:
    """Return a review of what stands at the tip of the branch, given half an hour from now."""
    stage.now += scenes.AN_HOUR / 60
    return {
        "id": number or int(stage.now.timestamp()),
        "user": user(who) if isinstance(who, str | int) else who,
        "body": "",
        "state": state,
        "commit_id": commit or stage.git("rev-parse", "topic").strip(),
        "submitted_at": (when or stage.now).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "pull_request_url": f"https://api.github.com/repos/{NAME}/pulls/{pull}",
    }


def event(
    stage: Stage,
    *reviews: Told,
    number: int = 7,
    repository: int = REPOSITORY,
    opener: str = DRAFTER,
    authors: Iterable[str] = (DRAFTER,),
    events: Iterable[Told] = (),
) -> bytes:
    """Return the file that `qms forge import` reads."""
    head = stage.git("rev-parse", "topic").strip()
    pull = {
        "number": number,
        "user": user(opener),
        "head": {"sha": head},
        "base": {
            "ref": "main",
            "sha": stage.git("rev-parse", "main").strip(),
            "repo": {"id": repository, "full_name": NAME},
        },
    }
    change = stage.git("rev-list", "--max-parents=1", "-1", "topic", "--", "procedures").strip()
    commits = [
        {"sha": change, "parents": [{"sha": "0" * 40}], "author": user(who)} for who in authors
    ]
    told = {"pull_request": pull, "reviews": reviews, "commits": commits, "events": list(events)}
    return json.dumps(told).encode()


def retargeted(stage: Stage, kind: str = "base_ref_changed") -> Told:
    """Return that the pull request has been given another target by now."""
    stage.now += scenes.AN_HOUR / 60
    return {"id": 9, "event": kind, "created_at": stage.now.strftime("%Y-%m-%dT%H:%M:%SZ")}


def listed(told: dict[str, Any]) -> list[Any]:
    """Return the commits of the pull request in such a file, with its head, as GitHub lists it."""
    head = {"sha": told["pull_request"]["head"]["sha"], "parents": [{}], "author": user(DRAFTER)}
    return [*told["commits"], *([head] if head["sha"] != told["commits"][-1]["sha"] else [])]


def answers(told: dict[str, Any]) -> dict[str, object]:
    """Return what GitHub answers of the pull request in such a file: path → answer."""
    commits = listed(told)
    parents = [{"sha": "0" * 40, "url": "https://api.github.com/x"}]
    pull = {**told["pull_request"], "commits": len(commits)}
    home, number = f"/repos/{NAME}", told["pull_request"]["number"]
    path = f"{home}/pulls/{number}"
    return {
        path: complete("pull-request", pull),
        f"{path}/reviews?per_page=100": [
            complete("pull-request-review-items", each) for each in told["reviews"]
        ],
        f"{path}/commits?per_page=100": [
            complete("commit-items", {**each, "parents": parents}) for each in commits
        ],
        f"{home}/issues/{number}/events?per_page=100": [],
    }


def pull_request(stage: Stage, *reviews: Told, **options: object) -> PullRequest:
    return github.from_event(event(stage, *reviews, **options), "event.json")  # type: ignore[arg-type]  # options of a story


def reviews(stage: Stage, *told: Told, **options: object) -> Reviews:
    """Return what an importer would record of the branch as it is."""
    pull = pull_request(stage, *told, **options)
    rules = stage.ledger().rules
    assert rules
    return importing.resolved(Repository.open(stage.root), pull, rules.authority)


def imported(
    stage: Stage, *told: Told, who: str = CONTROLLER, role: str = "", **options: object
) -> Record:
    """Bring the branch to main as a squash, as GitHub does, and record its reviews after that."""
    body = reviews(stage, *told, **options)
    landed(stage)
    return put(stage, body, who, role=role or None)


def landed(stage: Stage) -> None:
    """Squash the branch into main, unless it is there."""
    stage.git("switch", "--quiet", "main")
    if stage.git("diff", "main", "topic").strip():
        scenes.squashed(stage, "topic", DRAFTER, "Change (#7)")


def put(stage: Stage, body: Reviews, who: str = CONTROLLER, **options: object) -> Record:
    """Write and commit the record of an importer."""
    record = stage.put(*stage.record(who, body, **options))  # type: ignore[arg-type]  # options of a story
    stage.commit("Reviews", who=who)
    return record
