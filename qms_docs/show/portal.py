"""The pages around the PDFs: an index in every language, and the register as files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from qms_docs.judge import register
from qms_docs.show import asking, tables, templates
from qms_docs.show.extracts import overview_name
from qms_docs.show.proof import moment
from qms_docs.text.messages import label
from qms_docs.words.extracts import CARDS
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document, Status
from qms_docs.words.policy import DocumentType
from qms_docs.words.publication import PublishedCopy, PublishedExtract, PublishedText
from qms_docs.words.tables import Table

FORMATS = {"html": "html", "csv": "csv", "xlsx": "xlsx", "json": "json"}


Links = Mapping[tuple[str, str, int], str]
"""Identification, language and revision of a text → the file in which it is printed."""


def files(
    manual: Manual,
    links: Links,
    known_until: datetime | None = None,
    texts: Sequence[PublishedText] = (),
    copies: Sequence[PublishedCopy] = (),
    extracts: Sequence[PublishedExtract] = (),
) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of the start page and of the lists, the register in every format.

    The manual's documents are the start page's: drafts, or what is in force if the manual is of an
    instant; `known_until` is then when the last record landed that it knows, and `texts` are what
    readers can ask about, with the controlled `copies` of them and the `extracts` made from them.
    Only to the files in `links` the pages lead. The master language has the plain names, a
    translation its tag in them (`index.zh-CN.html`).
    """

    def link(document: Document) -> str | None:
        return links.get(_key_of(document))

    for language in manual.policy.languages:
        mark = "" if language == manual.policy.master else f".{language}"
        banner = _banner(manual, language, known_until)
        obsolete = register.obsolete(manual, language, link)
        ends = {_key(text): text for text in texts}
        drawn = [each for each in extracts if each.language == language]
        index = _index(manual, language, link, banner, bool(obsolete.rows), ends, drawn)
        yield f"index{mark}.html", index
        table = register.documents(manual, language, link=link)
        for name, extension in FORMATS.items():
            if name != "html":
                yield f"register{mark}.{extension}", tables.FORMATS[name](table)
        yield f"register{mark}.html", _list(table, mark, banner, manual)
        if texts:
            page = asking.page(texts, manual.policy, language, banner, copies, extracts)
            yield f"verify{mark}.html", page
        if obsolete.rows:
            yield f"obsolete{mark}.html", _list(obsolete, mark, banner, manual)


def _key(text: PublishedText) -> tuple[str, str, int]:
    return text.subject.id, text.subject.language, text.subject.revision


def _key_of(document: Document) -> tuple[str, str, int]:
    return document.id, document.language, document.revision


def _list(table: Table, mark: str, banner: str, manual: Manual) -> bytes:
    html = templates.render(
        "table.html",
        table=table,
        index=f"index{mark}.html",
        banner=banner,
        drafts_only=manual.as_of is None,
    )
    return html.encode("utf-8")


def _index(
    manual: Manual,
    language: str,
    link: Callable[[Document], str | None],
    banner: str,
    has_obsolete: bool,
    texts: Mapping[tuple[str, str, int], PublishedText],
    extracts: Sequence[PublishedExtract],
) -> bytes:
    status = Status.EFFECTIVE if manual.as_of else Status.DRAFT
    html = templates.render(
        "index.html",
        manual=manual,
        policy=manual.policy,
        language=language,
        groups=[
            (manual.policy.in_language(kind.name, language), _of(manual, kind))
            for kind in manual.policy.types.values()
        ],
        formats=FORMATS,
        link=link,
        fact=lambda document: texts.get(_key_of(document)),
        owner=lambda document: register.role_name(manual, document.control.owner, language),
        banner=banner,
        drafts_only=manual.as_of is None,
        status=status,
        coming=[
            (each.document, register.instant(each.begin, manual.policy)[:10])
            for each in register.entries(manual)
            if each.status is Status.RELEASED
        ],
        has_obsolete=has_obsolete,
        extracts=sorted(extracts, key=lambda each: each.kind == CARDS),
        overview=lambda each: (
            "" if each.kind == CARDS else overview_name(each.kind, language, manual.policy)
        ),
    )
    return html.encode("utf-8")


def _banner(manual: Manual, language: str, known_until: datetime | None) -> str:
    """Return what readers must know of the whole page."""
    if known_until is None:
        return label("drafts-only", language)
    return label("in-force-only", language, date=moment(known_until, manual))


def _of(manual: Manual, kind: DocumentType) -> list[tuple[Document, ...]]:
    """Return the documents of a type, each as its languages, the master first."""
    masters = (d for d in manual.documents if d.is_master and d.control.type == kind.key)
    return [tuple(manual.languages_of(master.id)) for master in masters]
