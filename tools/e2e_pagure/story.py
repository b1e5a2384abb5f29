"""The pull request, scene by scene."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.demo import people
from tools.demo.people import CONTROLLER, DRAFTER, MANAGER, OPERATIONS, PEOPLE, Person
from tools.demo.theatre import ROOT, DemoError, Theatre
from tools.e2e_pagure import events
from tools.e2e_pagure.forge import Pagure

PROJECT, DOCUMENT, TEXT = "manual", "CSC-RS-06", "manual/roles/CSC-RS-06.md"
NAMES = tuple(person.key for person in PEOPLE)
VOTE = ":thumbsup: I have read it."


@dataclass
class Request:
    """The pull request."""

    theatre: Theatre
    pagure: Pagure
    base: str
    number: int = 0

    @property
    def told(self) -> Any:
        """What Pagure says of it now."""
        return self.pagure.ask(DRAFTER.key, f"{PROJECT}/pull-request/{self.number}")

    def act(self, who: Person, verb: str, **fields: str) -> Any:
        """Do something with it as a person."""
        return self.pagure.ask(who.key, f"{PROJECT}/pull-request/{self.number}/{verb}", **fields)

    def head(self) -> str:
        """Return the tip of its branch."""
        return self.theatre.git("rev-parse", "topic").strip()

    def event(self) -> Path:
        """Write the event file as of now."""
        listed = self.theatre.git("log", "--format=%H %P %ae", f"{self.base}..topic").splitlines()
        commits = [
            {
                "sha": words[0],
                "parents": [{"sha": parent} for parent in words[1:-1]],
                "author": words[-1].partition("@")[0],
            }
            for words in map(str.split, listed)
        ]
        data = events.event(self.told, self.base, self.head(), commits, self.pagure.accounts)
        file = self.theatre.folder / "event.json"
        file.write_bytes(data)
        return file

    def gate(self, expected: int, missing: str = "") -> None:
        """Let the gate judge it, and hang its answer to the pull request as a flag."""
        said = self.theatre.qms(
            "forge", "gate", "--event", str(self.event()), expected=(expected,), shown=True
        )
        if missing not in said:
            raise DemoError(f"The gate does not say: {missing}\n{said}")
        self.act(
            CONTROLLER,
            "flag",
            username="qms forge gate",
            status="failure" if expected else "success",
            comment=said.splitlines()[-1],
            url="http://127.0.0.1/",
            uid=f"gate-{self.head()[:12]}",
        )

    def look(self, who: Person) -> None:
        """Let somebody approve at a line of the change, which names the commit."""
        self.act(who, "comment", comment=VOTE, commit=self.head(), filename=TEXT, row="1")


def begin(theatre: Theatre, pagure: Pagure) -> None:
    """Make the project and push a manual whose authority counts its pull requests."""
    theatre.say("A project on Pagure, and a manual that counts its pull requests.")
    pagure.ask(DRAFTER.key, "new", name=PROJECT, description="Demo", wait="1")
    theatre.manual.mkdir(parents=True)
    for name in ("manual", "procedures"):
        shutil.copytree(ROOT / name, theatre.manual / name)
    people.make_keys(theatre.keys)
    text = people.authority(theatre.keys, "2026-01-01")
    for name, account in pagure.accounts.items():
        line = f"    emails: [{name}@example.com]\n"
        text = text.replace(line, f"{line}    accounts: {{github: [{account['id']}]}}\n")
    number = pagure.ask(DRAFTER.key, PROJECT)["id"]
    text += f"importers: [CSC-RS-03]\nrepositories: {{github: [{number}]}}\n"
    (theatre.manual / "manual" / "authority.yaml").write_text(text, "utf-8")
    theatre.git("init", "--quiet", "--initial-branch=main")
    theatre.git("remote", "add", "origin", pagure.repository(DRAFTER.key, PROJECT))
    theatre.land("The documents, as drafts", DRAFTER)
    theatre.qms("init", who=MANAGER)
    theatre.land("The manual begins", MANAGER)
    theatre.git("push", "--quiet", "origin", "main")
    pagure.ask(
        DRAFTER.key,
        f"{PROJECT}/options/update",
        **{"Minimum_score_to_merge_pull-request": "2", "pull_requests": "true"},
    )


def written(theatre: Theatre, old: str, new: str) -> None:
    """Let the drafter change the text on the branch, sign it as prepared, and push it."""
    theatre.edit(TEXT, old, new)
    theatre.land("Change of the text", DRAFTER)
    for meaning in ("prepared", "translated"):
        theatre.qms("approve", DOCUMENT, "--meaning", meaning, "--yes", who=DRAFTER)
    theatre.land("Prepared", DRAFTER)
    theatre.git("push", "--quiet", "origin", "topic")


def opened(theatre: Theatre, pagure: Pagure) -> Request:
    """Propose a change."""
    theatre.say("The drafter proposes a change.")
    base = theatre.git("rev-parse", "main").strip()
    theatre.git("switch", "--quiet", "--create", "topic")
    written(theatre, "## Duties\n", "## Duties\n\nRead this first.\n")
    asked = {"title": "Read this first", "branch_from": "topic", "branch_to": "main"}
    made = pagure.ask(DRAFTER.key, f"{PROJECT}/pull-request/new", **asked)
    return Request(theatre, pagure, base, made["id"])


def play(theatre: Theatre, pagure: Pagure) -> None:
    """Play all of it; raises DemoError where something is not as it must be."""
    begin(theatre, pagure)
    request = opened(theatre, pagure)
    missing = f"The review of {DOCUMENT} by CSC-RS-04 is missing"
    theatre.say("Nobody has looked yet: the gate is shut.")
    request.gate(1, missing)
    theatre.say("Two votes: Pagure would merge. They name no commit: the gate stays shut.")
    for who in (OPERATIONS, MANAGER):
        request.act(who, "comment", comment=VOTE)
    reached(request)
    request.gate(1, missing)
    theatre.say("Both approve at a line of the change: the gate opens.")
    for who in (OPERATIONS, MANAGER):
        request.look(who)
    request.gate(0)
    theatre.say("A push behind the approvals: Pagure does not mind, the gate is shut again.")
    written(theatre, "Read this first.", "Read this first, or never.")
    reached(request)
    request.gate(1, missing)
    merged(request)
    released(request)


def reached(request: Request) -> None:
    """See that Pagure itself has nothing against a merge."""
    if request.told["threshold_reached"] is not True:
        raise DemoError("Pagure has not counted the votes.")


def merged(request: Request) -> None:
    """Merge on Pagure what nobody has approved: it becomes main, and is not released."""
    theatre = request.theatre
    theatre.say("Pagure merges it all the same. Nothing of it can be released.")
    theatre.tell(request.act(DRAFTER, "merge", wait="1")["message"])
    file = request.event()
    theatre.git("switch", "--quiet", "main")
    theatre.git("pull", "--quiet", "--ff-only", "origin", "main")
    theatre.qms("forge", "import", "--event", str(file), who=CONTROLLER)
    theatre.land("Reviews of the pull request", CONTROLLER)
    theatre.qms("release", DOCUMENT, who=CONTROLLER, expected=(1,))


def released(request: Request) -> None:
    """Put the approved text back: then its approvals count, and staff can read it."""
    theatre = request.theatre
    theatre.say("The approved text is put back: it is released, and staff read it.")
    theatre.edit(TEXT, "Read this first, or never.", "Read this first.")
    theatre.land("As approved", DRAFTER)
    theatre.qms("release", DOCUMENT, who=CONTROLLER)
    theatre.land(f"Release {DOCUMENT}", CONTROLLER)
    theatre.git("push", "--quiet", "origin", "main")
    theatre.qms("audit")
    if theatre.qms("show", DOCUMENT).count("approved by pull request") != 4:  # in two languages
        raise DemoError("The approvals are not shown as what they are.")
    theatre.qms("publish", "--output", str(theatre.shelf))
    pdf = theatre.shelf / "current" / f"{DOCUMENT}.en.pdf"
    theatre.qms("verify", str(pdf), shown=True)
