"""Which findings a released waiver accepts, and which never can be (ISO 9001:2015, 8.7)."""

from collections.abc import Iterable, Iterator

from qms_docs.judge.effect import instant_of
from qms_docs.words.findings import Finding, Waived
from qms_docs.words.manual import Manual
from qms_docs.words.waivers import Waiver

NEVER = ("QMS3", "QMS9")
"""Families that no waiver reaches: they say whether evidence can be trusted."""


def waivable(code: str) -> bool:
    """Tell whether findings of a rule may be accepted at all."""
    return not code.startswith(NEVER)


def is_over(waiver: Waiver, manual: Manual) -> bool:
    """Tell whether the last day of a waiver has passed."""
    end = instant_of(waiver.expires, manual.released.zone)
    return manual.as_of is not None and end < manual.as_of


def apply(
    manual: Manual, findings: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[Waived, ...]]:
    """Return the findings that remain, and those that released waivers accept."""
    counting = {
        (each.code, each.document): each
        for each in manual.released.waivers
        if waivable(each.code) and not is_over(each, manual)
    }
    kept: list[Finding] = []
    waived: list[Waived] = []
    for finding in findings:
        source = manual.by_path.get(finding.place.path)
        named = source.identification if source else None
        waiver = counting.get((finding.code, named)) if named else None
        if waiver:
            until = waiver.expires.isoformat()
            waived.append(Waived(finding, waiver.document, waiver.reason, waiver.owner, until))
        else:
            kept.append(finding)
    kept += _unused(manual, counting.values(), waived)
    return tuple(kept), tuple(waived)


def _unused(
    manual: Manual, counting: Iterable[Waiver], waived: Iterable[Waived]
) -> Iterator[Finding]:
    """Yield a finding for each waiver of the tree that is released and accepts nothing."""
    used = {(each.finding.code, each.document) for each in waived}
    released = {(each.code, each.document) for each in counting}
    for waiver in manual.waivers:
        key = (waiver.code, waiver.document)
        if key in released - used and not is_over(waiver, manual):
            values = {"code": waiver.code, "id": waiver.document}
            yield Finding("QMS303", waiver.place, "unused", values)
