"""Extracts as printable pages: role cards, lists, the process map."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from qms_docs import __version__
from qms_docs.show import page, processmap, templates, typeset
from qms_docs.show.proof import day
from qms_docs.text import codes, extracts
from qms_docs.text.messages import label
from qms_docs.words.extracts import Cited, Extract, ProcessMap
from qms_docs.words.manual import Manual
from qms_docs.words.policy import Policy
from qms_docs.words.printing import Attached, PrintJob
from qms_docs.words.tables import Cell, Table

_MANY = 8
"""A list of more columns is printed on a larger page."""


def listing(
    extract: Extract, manual: Manual, table: Table, found: ProcessMap | None = None
) -> PrintJob:
    """Return a list as a page on its side, with the map of the processes above, if there is one."""
    rows = page.safe(typeset.body(templates.render("extractrows.html", table=table)))
    is_large = found is not None or len(table.columns) > _MANY
    shape = "lying poster" if is_large else "lying"
    assets: dict[str, bytes] = {}
    drawing = None
    if found is not None:
        svg = processmap.drawing(found, extract.origin.language)
        drawing = page.asset(f"{extract.origin.kind}.svg", svg, assets)
    return job(
        "extractlist.html", extract, manual, assets, shape=shape, table=table, rows=rows,
        drawing=drawing,
    )  # fmt: skip


def overview(
    extract: Extract, manual: Manual, table: Table, found: ProcessMap | None = None
) -> bytes:
    """Return a list as a page of the portal, with the map of the processes as a drawing."""
    language, policy = extract.origin.language, manual.policy
    links = {
        text.id: page.file_name(text)
        for text in manual.documents
        if text.language == language or not manual.find(text.id, language)
    }
    drawing = None
    if found is not None:
        drawing = page.safe(processmap.drawing(found, language, links).decode())
    html = templates.render(
        "overview.html",
        extract=extract,
        kind=extract.origin.kind,
        title=extract.title,
        table=_linked(table, links),
        language=language,
        mark="" if language == policy.master else f".{language}",
        policy=policy,
        banner=line(extract, manual),
        drawing=drawing,
        code=codes.of_content(extract.content),
    )
    return html.encode("utf-8")


def _linked(table: Table, links: Mapping[str, str]) -> Table:
    """Return a table in which each cell that names a document leads to it."""
    rows = (tuple(Cell(each.text, links.get(each.text)) for each in row) for row in table.rows)
    return replace(table, rows=tuple(rows))


def overview_name(kind: str, language: str, policy: Policy) -> str:
    """Return the name of the page of the portal that shows a list, or the map."""
    return f"{kind}{'' if language == policy.master else f'.{language}'}.html"


def line(extract: Extract, manual: Manual) -> str:
    """Return what every extract says of itself."""
    since = datetime.fromisoformat(extract.origin.since)
    return label("extract-line", extract.origin.language, date=day(since, manual))


def link(document: Cited) -> str:
    """Return where a document stands, seen from an extract's PDF."""
    return f"../{document.id}.{document.language}.pdf"


def job(
    template: str,
    extract: Extract,
    manual: Manual,
    assets: dict[str, bytes],
    **values: object,
) -> PrintJob:
    """Return an extract as a page of its own kind: every page says what it is made from."""
    origin, policy = extract.origin, manual.policy
    language = origin.language
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
