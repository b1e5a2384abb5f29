"""Extracts as printable pages: role cards, lists, the process map."""

from dataclasses import replace
from datetime import datetime

from qms_docs import __version__
from qms_docs.show import page, templates
from qms_docs.show.proof import day
from qms_docs.text import codes, extracts
from qms_docs.text.messages import label
from qms_docs.words.extracts import Card, Cited, Extract
from qms_docs.words.manual import Manual
from qms_docs.words.printing import Attached, PrintJob

_CARDS = (
    ("card", "whole"),
    ("card dense", "whole"),
    ("card", "limits"),
    ("card dense", "limits"),
    ("card dense", "numbers"),
)
"""Class of a card and how much it tells of each step, the most first."""


def card(extract: Extract, manual: Manual, shown: Card) -> PrintJob:
    """Return the card of a role, on one page."""
    first, *closer = (
        _job("rolecard.html", extract, manual, shape=shape, card=shown, detail=detail)
        for shape, detail in _CARDS
    )
    return replace(first, closer=tuple(job.html for job in closer))


def line(extract: Extract, manual: Manual) -> str:
    """Return what every extract says of itself."""
    since = datetime.fromisoformat(extract.origin.since)
    return label("extract-line", extract.origin.language, date=day(since, manual))


def link(document: Cited) -> str:
    """Return where a document stands, seen from an extract's PDF."""
    return f"../{document.id}.{document.language}.pdf"


def _job(template: str, extract: Extract, manual: Manual, **values: object) -> PrintJob:
    origin, policy = extract.origin, manual.policy
    language, assets = origin.language, dict[str, bytes]()
    code = codes.of_content(extract.content)
    names = policy.classifications.get(extract.classification, {})
    html = templates.render(
        template,
        extract=extract,
        kind=label(f"extract-{origin.kind}", language),
        policy=policy,
        language=language,
        reading_order=sorted(policy.languages, key=lambda tag: tag != language),
        line=line(extract, manual),
        since=day(datetime.fromisoformat(origin.since), manual),
        classification=names.get(language, extract.classification),
        code=code,
        link=link,
        qr=page.qr_asset(code, manual, assets),
        version=__version__,
        **values,
    )
    return PrintJob(extract.name, extract.name, html, assets, (_attached(extract),))


def _attached(extract: Extract) -> Attached:
    """Return what tells a machine from what the extract is made."""
    told, language = extracts.written(extract.origin), extract.origin.language
    description = label("attached-extract", language)
    return Attached(extracts.NAME, told, "application/json", "Data", description)


LISTS: frozenset[str] = frozenset()
