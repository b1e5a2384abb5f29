"""The life of the manual, scene by scene."""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from tools.demo import people
from tools.demo.people import (
    COMPLAINTS,
    CONTROLLER,
    DRAFTER,
    MANAGER,
    OPERATIONS,
    PEOPLE,
    QUALITY,
    Person,
)
from tools.demo.theatre import ROOT, DemoError, Theatre

HOLDERS: Mapping[str, Person] = {role: person for person in PEOPLE for role in person.roles}


def begin(theatre: Theatre) -> None:
    """Set up the repository and begin the manual."""
    theatre.say("A bank's customer service centre puts its manual under control.")
    theatre.manual.mkdir(parents=True)
    for name in ("manual", "procedures"):
        shutil.copytree(ROOT / name, theatre.manual / name)
    people.make_keys(theatre.keys)
    first_day = (theatre.now - timedelta(days=30)).date().isoformat()
    text = people.authority(theatre.keys, first_day)
    (theatre.manual / "manual" / "authority.yaml").write_text(text, "utf-8")
    theatre.git("init", "--quiet", "--initial-branch=main")
    theatre.land("The documents, as drafts", DRAFTER)
    theatre.qms("init", who=MANAGER)
    theatre.land("The manual begins", MANAGER)


def first_issue(theatre: Theatre) -> None:
    """Approve and release every document."""
    theatre.say("First issue: everybody reads, reviews, approves; then all takes effect at once.")
    ids = sorted({each["id"] for each in theatre.data("check", "--list")["documents"]})
    agree(theatre, ids)
    theatre.qms("release", *ids, who=CONTROLLER)
    theatre.land("First issue", CONTROLLER)


def agree(theatre: Theatre, ids: Iterable[str], drafter: Person = DRAFTER) -> None:
    """Let everybody whose word is needed give it, and bring it to main."""
    ids = list(ids)
    theatre.qms("approve", *ids, "--meaning", "prepared", "--yes", who=drafter)
    theatre.qms("approve", *ids, "--meaning", "translated", "--yes", who=drafter)
    theatre.land("Prepared and translated", drafter)
    for meaning, field in (("reviewed", "reviewers"), ("approved", "approvers")):
        wanted: dict[str, list[str]] = defaultdict(list)
        for name in ids:
            for role in theatre.data("show", name)[field]:
                wanted[role].append(name)
        for role, names in sorted(wanted.items()):
            theatre.qms(
                "approve", *names, "--meaning", meaning, "--as", role, "--yes", who=HOLDERS[role]
            )
        theatre.land(meaning.capitalize(), QUALITY)
