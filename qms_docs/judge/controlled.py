"""The data that decides about evidence: authority, policy and waivers, as released."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from qms_docs.judge import consistency
from qms_docs.text import authority as authorities
from qms_docs.text import documents, waivers
from qms_docs.text.policy import policy_from
from qms_docs.words.authority import Authority
from qms_docs.words.findings import Finding
from qms_docs.words.issues import Issue
from qms_docs.words.policy import Policy
from qms_docs.words.waivers import Waiver

DATA: Mapping[str, str] = {
    "authority": authorities.PATH,
    "policy": "manual/policy.yaml",
    "waivers": waivers.PATH,
}
"""Identification of a data file that is released like a document → its path."""
FIRST = ("authority", "policy")
"""What a manual begins with."""


@dataclass(frozen=True)
class Rules:
    """What decides about a landing: released before it."""

    authority: Authority
    policy: Policy

    @property
    def zone(self) -> ZoneInfo:
        """The manual's time zone."""
        return ZoneInfo(self.policy.time_zone)


def read(data: Mapping[str, bytes], findings: list[Finding]) -> Rules | None:
    """Return the rules in authority and policy (identification → bytes).

    None, with findings in the empty list given, if one of them is not in order.
    """
    path = DATA["policy"]
    yaml = documents.read_data(path, data["policy"], "policy", findings)
    if yaml is None:
        return None
    policy = policy_from(yaml.value)
    findings += consistency.check(policy, yaml.places)
    yaml = documents.read_data(DATA["authority"], data["authority"], "authority", findings)
    if yaml is None:
        return None
    findings += authorities.problems(yaml)
    if findings:
        return None
    return Rules(authorities.authority_of(yaml, ZoneInfo(policy.time_zone)), policy)


def read_at(
    issues: Mapping[str, Iterable[Issue]], read_blob: "ReadBlob", instant: datetime
) -> Rules | None:
    """Return authority and policy as they were released at an instant; None before that."""
    data = {name: data_at(issues, read_blob, name, instant) for name in FIRST}
    there = {name: text for name, text in data.items() if text is not None}
    return read(there, []) if len(there) == len(FIRST) else None


def waivers_at(
    issues: Mapping[str, Iterable[Issue]], read_blob: "ReadBlob", instant: datetime
) -> tuple[Waiver, ...]:
    """Return the waivers as they were released at an instant."""
    data = data_at(issues, read_blob, "waivers", instant)
    yaml = documents.read_data(waivers.PATH, data, "waivers", []) if data is not None else None
    return tuple(waivers.waivers_of(yaml)) if yaml else ()


def data_at(
    issues: Mapping[str, Iterable[Issue]], read_blob: "ReadBlob", name: str, instant: datetime
) -> bytes | None:
    """Return the newest release of a data file that had landed by an instant."""
    landed = [each for each in issues.get(name, ()) if each.landing.instant <= instant]
    return read_blob(landed[-1].blob) if landed else None


def revision_of(name: str, data: bytes) -> int | None:
    """Return the revision that a data file states; None if it is not in order."""
    yaml = documents.read_data(DATA[name], data, name, [])
    fields = yaml.value if yaml else None
    return int(fields.get("revision", 1)) if isinstance(fields, dict) else None


ReadBlob = Callable[[str], bytes]
