"""The people and the texts of the machine in `test_ledger_machine.py`."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from qms_docs.judge.controlled import DATA
from tests.attacks.stage import Key
from tests.conftest import BASE
from tests.judge.evidence_model import APPROVER, ISSUER, REVIEWER, Tenures

MANAGER, SUCCESSOR, QUALITY, DEPUTY = "manager", "successor", "quality", "deputy"
CONTROLLER, DRAFTER, OUTSIDER = "controller", "drafter", "outsider"
WRITER = "CSC-RS-04"
ALWAYS = (
    datetime.fromisoformat("2026-01-01T00:00+08:00"),
    datetime.fromisoformat("2036-01-01T00:00+08:00"),
)
CHANGE = datetime.fromisoformat("2026-04-01T00:00+08:00")
"""When the successor takes the place of the manager."""
TENURES: Tenures = frozenset(
    {
        (MANAGER, APPROVER, ALWAYS[0], CHANGE),
        (MANAGER, WRITER, *ALWAYS),
        (SUCCESSOR, APPROVER, CHANGE, ALWAYS[1]),
        (QUALITY, REVIEWER, *ALWAYS),
        (DEPUTY, REVIEWER, *ALWAYS),
        (DEPUTY, APPROVER, *ALWAYS),
        (CONTROLLER, ISSUER, *ALWAYS),
        (DRAFTER, WRITER, *ALWAYS),
    }
)
Place = tuple[str, str]
"""Identification and language."""
FIRST, TRANSLATED, SECOND, AUTHORITY = (
    ("CSC-QP-01", "en"), ("CSC-QP-01", "zh-CN"), ("CSC-QP-02", "en"), ("authority", "zxx")
)  # fmt: skip
PATHS: Mapping[Place, str] = {
    FIRST: "procedures/CSC-QP-01.md",
    TRANSLATED: "procedures/CSC-QP-01.zh-CN.md",
    SECOND: "procedures/CSC-QP-02.md",
    AUTHORITY: DATA["authority"],
}
DECLARED: Mapping[str, datetime | None] = {"on-release": None} | {
    day: datetime.fromisoformat(day)
    for day in ("2026-01-15T00:00:00+08:00", "2026-05-01T00:00:00+08:00")
}
"""What a text may state of its effect: at once, from a day long past, from a day to come."""
POLICY = {DATA["policy"]: (BASE / DATA["policy"]).read_bytes()}


def master(place: Place, revision: int, effective: str, number: int) -> bytes:
    """Return a procedure; `number` makes every text another one."""
    return (
        f"---\nid: {place[0]}\ntype: procedure\ntitle: Complaints\nlanguage: en\n"
        f"revision: {revision}\nowner: {REVIEWER}\nreviewers: [{REVIEWER}]\n"
        f"approvers: [{APPROVER}]\neffective: {effective}\nreview_months: 12\n"
        "change: {class: minor, reason: Practice, summary: New steps.}\n"
        "classification: internal\n---\n\n"
        f"## Purpose\n\nEvery complaint gets an answer within {number} days.\n"
    ).encode()


def translation(place: Place, revision: int, number: int) -> bytes:
    """Return the translation of a procedure."""
    return (
        f"---\nid: {place[0]}\ntitle: 投诉处理程序\nlanguage: zh-CN\nrevision: {revision}\n"
        f"translation_of: {{id: {place[0]}, revision: {revision}}}\n"
        "change: {class: minor, reason: 实践, summary: 新步骤}\n---\n\n"
        f"## 目的\n\n每件投诉在{number}天内答复。\n"
    ).encode()


def authority(revision: int, tenures: Tenures, number: int = 0) -> bytes:
    """Return manual/authority.yaml with people who hold roles; the last day is included."""
    people = ""
    for who in sorted({person for person, *_ in tenures}):
        held = ", ".join(
            f"{{role: {role}, from: {begin:%Y-%m-%d}, to: {end - timedelta(days=1):%Y-%m-%d}}}"
            for person, role, begin, end in sorted(tenures)
            if person == who
        )
        people += (
            f"  {who}:\n    name: Demo {who}\n    emails: [{who}@example.com]\n"
            f"    keys: [{{key: {Key.of(who).line}, from: 2026-01-01}}]\n    roles: [{held}]\n"
        )
    return (
        f"# {number}\nrevision: {revision}\npeople:\n{people}issuers: [{ISSUER}]\nrequirements:\n"
        "  - {types: [procedure, authority], classes: [major, minor, editorial],\n"
        f"     reviewed: [{REVIEWER}], approved: [{APPROVER}]}}\n"
    ).encode()
