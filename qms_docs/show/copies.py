"""Controlled copies for people and machines: what stands on their pages, and lists of them."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from qms_docs.judge import recall, register
from qms_docs.show import templates
from qms_docs.text.messages import label
from qms_docs.words.copies import ControlledCopy, CopyState
from qms_docs.words.manual import Manual
from qms_docs.words.policy import Policy

Standings = Iterable[tuple[ControlledCopy, CopyState]]
"""Copies, and where each of them stands."""


def stamp(
    number: int, holder: str, issued: datetime, until: datetime | None, policy: Policy, tag: str
) -> str:
    """Return what stands at the edges of a copy's pages, as HTML of two pages.

    The text of the page says that a print is not controlled; the stamp overrules it in words.
    """
    languages = sorted(policy.languages, key=lambda each: each != tag)
    return templates.render(
        "copy.html",
        language=tag,
        languages=languages,
        number=number,
        holder=holder,
        issued=register.instant(issued, policy),
        until=register.instant(until, policy) if until else "",
    )


def lines(manual: Manual, identification: str, language: str) -> Iterator[str]:
    """Yield what a terminal shows of the copies of a document; nothing where there are none."""
    found = _of(manual, identification)
    if found:
        yield ""
        yield f"  {label('controlled-copies', language)}:"
    for copy, state in found:
        instants = (copy.issue.landing.instant, copy.until)
        span = " – ".join(register.instant(each, manual.policy) for each in instants)
        yield f"    {_named(copy, language)}: {label(f'copy-{state}', language)}  {span}"


def recall_lines(standings: Standings, language: str) -> Iterator[str]:
    """Yield which copies must come back; nothing where there are none."""
    for number, (copy, state) in enumerate(standings):
        if number == 0:
            yield label("recall-list", language)
        yield f"  {copy.subject.id} {_named(copy, language)}: {label(f'copy-{state}', language)}"


def data(standings: Standings) -> list[dict[str, object]]:
    """Return copies as data; names of fields are the same in every language."""
    return [
        {
            "number": copy.number,
            "id": copy.subject.id,
            "language": copy.subject.language,
            "revision": copy.subject.revision,
            "holder": copy.holder,
            "issued": copy.issue.landing.instant.isoformat(),
            "until": copy.until.isoformat() if copy.until else None,
            "purpose": copy.purpose,
            "state": str(state),
            "sha256": copy.sha256,
            "record": copy.issue.record,
        }
        for copy, state in standings
    ]


def data_of(manual: Manual, identification: str) -> list[dict[str, object]]:
    """Return the copies of a document as data."""
    return data(_of(manual, identification))


def _of(manual: Manual, identification: str) -> tuple[tuple[ControlledCopy, CopyState], ...]:
    if manual.as_of is None:
        return ()
    return tuple(recall.standings(manual.released, manual.as_of, identification))


def _named(copy: ControlledCopy, language: str) -> str:
    revision = f"{label('revision', language)} {copy.subject.revision}"
    number = label("copy-name", language, number=copy.number)
    return f"{number} ({copy.subject.language}, {revision}), {copy.holder}"
