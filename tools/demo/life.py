"""The life of the manual, scene by scene."""

import hashlib
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from tools.demo import people, readers
from tools.demo.people import (
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
    ids = sorted({each["identification"] for each in theatre.data("list", "documents")})
    agree(theatre, ids)
    theatre.qms("release", *ids, who=CONTROLLER)
    theatre.land("First issue", CONTROLLER)
    readers.first_readers(theatre)


def agree(theatre: Theatre, ids: Iterable[str], drafter: Person = DRAFTER) -> None:
    """Let everybody whose word is needed give it, and bring it to main."""
    ids = list(ids)
    theatre.qms("approve", *ids, "--meaning", "prepared", "--yes", who=drafter)
    theatre.qms("approve", *ids, "--meaning", "translated", "--yes", who=drafter)
    theatre.land("Prepared and translated", drafter)
    matrix = [row for row in theatre.data("list", "roles") if row["identification"] in ids]
    for meaning, letter in (("reviewed", "R"), ("approved", "A")):
        wanted: dict[str, list[str]] = defaultdict(list)
        for row in matrix:
            for role, part in row.items():
                if letter in part.split(" \u00b7 "):
                    wanted[role].append(row["identification"])
        for role, names in sorted(wanted.items()):
            theatre.qms(
                "approve", *names, "--meaning", meaning, "--as", role, "--yes", who=HOLDERS[role]
            )
        theatre.land(meaning.capitalize(), QUALITY)


def in_chinese(theatre: Theatre, path: str, *words: tuple[str, str]) -> None:
    """Let the translator say in Chinese what `qms revise` has written into both texts."""
    for english, chinese in words:
        theatre.edit(path, english, chinese)


def change(theatre: Theatre) -> None:
    """Write, review, approve and release a change."""
    theatre.say("A change: what is settled no longer counts as open for half an hour.")
    theatre.qms(
        "revise", "CSC-QP-11", "--class", "minor",
        "--reason", "Settled matters were called about again",
        "--request", "audit 2026-07, point 3",
        "--summary", "Entries are closed 20 minutes after the call instead of 30.",
    )  # fmt: skip
    in_chinese(
        theatre,
        "procedures/CSC-QP-11.zh-CN.md",
        ("Settled matters were called about again", "已办结的事项仍被再次联系"),
        (
            "Entries are closed 20 minutes after the call instead of 30.",
            "首问登记由回电后30分钟内关闭改为20分钟内关闭。",
        ),
    )
    quoted = "{{handover-limit}}"
    after = "{} after the call or the SMS"
    theatre.edit("procedures/CSC-QP-11.md", after.format(quoted), after.format("20 minutes"))
    theatre.edit("procedures/CSC-QP-11.zh-CN.md", f"通话或短信后{quoted}", "通话或短信后20分钟")
    theatre.land("CSC-QP-11: settled matters are closed sooner", DRAFTER)
    agree(theatre, ["CSC-QP-11"])
    theatre.qms("release", "CSC-QP-11", who=CONTROLLER, shown=True)  # names copies to recall
    theatre.land("Release CSC-QP-11", CONTROLLER)
    readers.superseded(theatre)


def shorter_limit(theatre: Theatre) -> None:
    """Change a value that documents quote: they change with it, all of them or none."""
    theatre.say("A limit becomes 10 days by law. Every document that quotes it is revised with it.")
    made = theatre.data(
        "revise", "--parameter", "complaint-limit-simple", "--value", "10",
        "--reason", "A shorter limit by law",
    )  # fmt: skip
    for path in made["files"]:
        if path.endswith(".zh-CN.md"):
            in_chinese(theatre, path, ("A shorter limit by law", "法定时限缩短"))
    theatre.land("A shorter limit for simple complaints", DRAFTER)
    theatre.say("As long as one of them is not approved, none of them is released.")
    theatre.qms("release", "--set", made["set"], who=CONTROLLER, expected=(1,))
    agree(theatre, made["revisions"])
    theatre.qms("release", "--set", made["set"], who=CONTROLLER)
    theatre.land("Release of the shorter limit", CONTROLLER)


def refused_for_a_byte(theatre: Theatre) -> None:
    """Change an approved text by one character: the release is refused."""
    theatre.say("One character of an approved text is changed afterwards. The release is refused.")
    theatre.qms(
        "revise", "CSC-QP-12", "--class", "minor", "--reason", "Wording was unclear",
        "--summary", "Says who informs the first receiver.",
    )  # fmt: skip
    in_chinese(
        theatre,
        "procedures/CSC-QP-12.zh-CN.md",
        ("Wording was unclear", "措辞不清楚"),
        ("Says who informs the first receiver.", "写明由谁通知首问责任人。"),
    )
    theatre.land("CSC-QP-12: next revision", DRAFTER)
    agree(theatre, ["CSC-QP-12"])
    theatre.edit("procedures/CSC-QP-12.md", "one owner", "One owner")
    theatre.land("A small correction", DRAFTER)
    theatre.qms("release", "CSC-QP-12", who=CONTROLLER, expected=(1,))
    theatre.edit("procedures/CSC-QP-12.md", "One owner", "one owner")
    theatre.say("The text is put back as it was approved: the approvals hold again.")
    theatre.land("The text as it was approved", DRAFTER)
    theatre.qms("release", "CSC-QP-12", who=CONTROLLER)
    theatre.land("Release CSC-QP-12", CONTROLLER)


def scheduled(theatre: Theatre) -> None:
    """Release a revision that takes effect on a day to come."""
    day = datetime.now(theatre.now.tzinfo).date() + timedelta(days=30)
    begin = datetime.combine(day, time(), theatre.now.tzinfo).isoformat()
    theatre.say(f"A change that takes effect on {begin[:10]}, so that there is time to read it.")
    theatre.qms(
        "revise", "CSC-QP-01", "--class", "minor", "--reason", "Late readers need more time",
        "--summary", "Missing readers are named 3 working days before the effective date.",
    )  # fmt: skip
    in_chinese(
        theatre,
        "procedures/CSC-QP-01.zh-CN.md",
        ("Late readers need more time", "未完成学习的人员需要更多时间"),
        (
            "Missing readers are named 3 working days before the effective date.",
            "生效日期前3个工作日列出未完成学习的人员。",
        ),
    )
    limit = "{} working days before the effective date"
    theatre.edit("procedures/CSC-QP-01.md", limit.format(2), limit.format(3))
    theatre.edit("procedures/CSC-QP-01.md", "effective: on-release", f"effective: {begin}")
    theatre.edit("procedures/CSC-QP-01.zh-CN.md", "生效日期前2个工作日", "生效日期前3个工作日")
    theatre.land("CSC-QP-01: more time to read", DRAFTER)
    agree(theatre, ["CSC-QP-01"])
    theatre.qms("release", "CSC-QP-01", who=CONTROLLER)
    theatre.land("Release CSC-QP-01", CONTROLLER)


def emergency(theatre: Theatre) -> None:
    """Put an emergency instruction into force by the short way, and have it ratified."""
    theatre.say("The hotline is down. One signature suffices today; it ends by itself.")
    ends = (datetime.now(theatre.now.tzinfo) + timedelta(days=10)).date().isoformat()
    title = "Hotline down: what customers are told"
    theatre.qms("new", "emergency", "--parent", "CSC-QP-11", "--expires", ends, "--title", title)
    path = "procedures/emergency/CSC-EI-01.md"
    theatre.edit(path, "roles: [CSC-RS-04]", "roles: [CSC-RS-04, CSC-RS-06]")
    theatre.edit(path, "To be written.", "The hotline cannot be reached for more than 10 minutes.")
    head = "\n".join(STEPS.splitlines()[:2])  # is there already, as the policy wants it
    theatre.edit(path, f"To be written.\n\n{head}", STEPS)
    theatre.edit(path, "To be written.", "CSC-FM-14-01 holds what was done and when.")
    theatre.land("Emergency instruction", DRAFTER)
    theatre.qms("approve", "CSC-EI-01", "--meaning", "prepared", "--yes", who=DRAFTER)
    theatre.land("Prepared", DRAFTER)
    theatre.qms("approve", "CSC-EI-01", "--yes", who=OPERATIONS)
    theatre.land("Approved", OPERATIONS)
    theatre.qms("release", "CSC-EI-01", who=CONTROLLER)
    theatre.land("Release CSC-EI-01", CONTROLLER)
    theatre.say("The General Manager ratifies it within seven days.")
    reaffirm(theatre, "CSC-EI-01", MANAGER, "Ratified")


STEPS = """\
| Step | Role | Action | Record | Time limit |
|---|---|---|---|---|
| 1 | [Operations Manager](../../manual/roles/CSC-RS-04.md) | Puts the announcement on the website and in the app. | CSC-FM-14-01 | 15 minutes |
| 2 | [Customer Service Representative](../../manual/roles/CSC-RS-06.md) | Answers in the online chat first. | CSC-FM-14-01 | At once |"""  # noqa: E501  # a row of a table is one line


def reviewed(theatre: Theatre) -> None:
    """Reaffirm a document in its periodic review: its revision stays."""
    theatre.say("A periodic review: the text of a role sheet still holds.")
    owner = theatre.data("show", "CSC-RS-06")["owner"]
    reaffirm(theatre, "CSC-RS-06", HOLDERS[owner], "Still as it is done")
    readers.reissued(theatre)


def reaffirm(theatre: Theatre, name: str, who: Person, comment: str) -> None:
    """Let a person say that a document stays as it is."""
    theatre.qms(
        "periodic-review", name, "--verdict", "reaffirm", "--comment", comment, "--yes", who=who
    )
    theatre.land(f"{name} reaffirmed", who)


def withdrawn(theatre: Theatre) -> None:
    """Put a notice into force and withdraw it before it ends by itself."""
    theatre.say("A notice is released and, when its matter is settled, withdrawn.")
    ends = (datetime.now(theatre.now.tzinfo) + timedelta(days=60)).date().isoformat()
    notice(theatre, "CSC-NT-01", "Card terminals: longer waiting times", ends)
    readers.noticed(theatre, "CSC-NT-01")
    theatre.later(days=2)
    theatre.qms(
        "withdraw", "CSC-NT-01", "--reason", "The provider has mended it", "--yes", who=MANAGER
    )
    theatre.land("CSC-NT-01 withdrawn", MANAGER)
    readers.publish(theatre)
    readers.ended(theatre, "CSC-NT-01", "withdrawn")


def expired(theatre: Theatre) -> None:
    """Put a notice into force that ends by itself."""
    theatre.say("A notice says itself when it ends. Then it does, though nobody has published.")
    ends = (theatre.now + timedelta(days=2)).date().isoformat()
    notice(theatre, "CSC-NT-02", "Branch counters closed for stocktaking", ends)
    readers.noticed(theatre, "CSC-NT-02")
    theatre.later(days=3)
    readers.ask(theatre, "CSC-NT-02.en.pdf", "expired")
    readers.publish(theatre)
    readers.ended(theatre, "CSC-NT-02", "expired")


def notice(theatre: Theatre, name: str, title: str, ends: str) -> None:
    """Write, approve and release a notice: one signature, of the General Manager."""
    theatre.qms("new", "notice", "--parent", "CSC-QP-12", "--expires", ends, "--title", title)
    path = f"manual/notices/{name}.md"
    theatre.edit(path, "To be written.", f"{title}: until the day that every page names.")
    theatre.edit(path, "To be written.", "Tell customers, and register complaints by CSC-QP-12.")
    theatre.land("Notice", DRAFTER)
    theatre.qms("approve", name, "--meaning", "prepared", "--yes", who=DRAFTER)
    theatre.land("Prepared", DRAFTER)
    theatre.qms("approve", name, "--yes", who=MANAGER)
    theatre.land("Approved", MANAGER)
    theatre.qms("release", name, who=CONTROLLER)
    theatre.land(f"Release {name}", CONTROLLER)


def forged(theatre: Theatre) -> None:
    """Copy an approval and change what it says: the audit finds it."""
    theatre.say("A forged approval lands: somebody has changed what the manager signed.")
    statements = sorted((theatre.manual / "records" / "statements").glob("*/*.json"))
    first = (b'"meaning":"approved"', b'"revision":1}')
    signed = next(path for path in statements if all(w in path.read_bytes() for w in first))
    data = signed.read_bytes().replace(b'"revision":1}', b'"revision":9}')
    name = hashlib.sha256(data).hexdigest()
    forgery = signed.parents[1] / name[:2] / f"{name}.json"
    forgery.parent.mkdir(exist_ok=True)
    forgery.write_bytes(data)
    theatre.land("Nothing to see here", DRAFTER)
    theatre.qms("audit", expected=(1,))
    theatre.say("Two people record how it was dealt with. The audit has nothing left to say.")
    commit = theatre.git("rev-parse", "HEAD").strip()
    for who in (QUALITY, MANAGER):
        theatre.qms(
            "audit", "--close", commit, "QMS904", "--reason", "A forged approval was pushed",
            "--correction", "It never counted; the account is closed", who=who,
        )  # fmt: skip
        theatre.land("How the forgery was dealt with", who)
    theatre.qms("audit")


SCENES = (
    begin,
    first_issue,
    change,
    refused_for_a_byte,
    scheduled,
    shorter_limit,
    emergency,
    reviewed,
    withdrawn,
    expired,
    forged,
)


def play(theatre: Theatre) -> None:
    """Play all scenes; publish what is in force at the end."""
    for scene in SCENES:
        scene(theatre)
        theatre.later()
        theatre.told.append((theatre.now, register_then(theatre, theatre.now)))
        theatre.later(days=3)
    theatre.say("The register of each of these days is asked for again, and says the same.")
    for instant, told in theatre.told:
        if register_then(theatre, instant) != told:
            raise DemoError(f"the register of {instant} has changed")
    theatre.say("What is in force today is published.")
    theatre.qms("publish", "--output", str(theatre.shelf), shown=True)
    readers.last_look(theatre)


def register_then(theatre: Theatre, instant: datetime) -> dict[str, str]:
    """Return what the register says of an instant: text and revision → status."""
    rows = theatre.data("list", "documents", "--as-of", instant.isoformat())
    return {
        f"{row['identification']} {row['language']} {row['revision']}": row["status"]
        for row in rows
    }
