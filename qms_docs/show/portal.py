"""The pages around the PDFs: an index in every language, and the register as files."""

from collections.abc import Callable, Container, Iterator

from qms_docs.judge import lifecycle, register
from qms_docs.show import page, tables, templates
from qms_docs.show.proof import moment
from qms_docs.text.messages import label
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.policy import DocumentType

FORMATS = {"html": "html", "csv": "csv", "xlsx": "xlsx", "json": "json"}


def files(manual: Manual, printed: Container[str]) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of `index.html`, `register.html` and its other formats.

    `printed` holds the names of the PDFs that are there: only to these the pages link. The master
    language has the plain names, a translation its tag in them (`index.zh-CN.html`).
    """

    def link(document: Document) -> str | None:
        name = page.file_name(document)
        return name if name in printed else None

    for language in manual.policy.languages:
        mark = "" if language == manual.policy.master else f".{language}"
        yield f"index{mark}.html", _index(manual, language, link).encode("utf-8")
        table = register.documents(manual, language, link=link)
        for name, extension in FORMATS.items():
            data = tables.FORMATS[name](table)
            if name == "html":
                html = templates.render("table.html", table=table, index=f"index{mark}.html")
                data = html.encode("utf-8")
            yield f"register{mark}.{extension}", data


def _index(manual: Manual, language: str, link: Callable[[Document], str | None]) -> str:
    return templates.render(
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
        owner=lambda document: register.role_name(manual, document.control.owner, language),
        state=lambda document: lifecycle.status(document, manual),
        banner=_banner(manual, language),
        drafts_only=manual.as_of is None,
        status=lambda document, language: register.status_name(document, manual, language),
    )


def _banner(manual: Manual, language: str) -> str:
    """Return what readers must know of the whole page."""
    if manual.as_of is None:
        return label("drafts-only", language)
    return label("in-force-only", language, date=moment(manual.as_of, manual))


def _of(manual: Manual, kind: DocumentType) -> list[tuple[Document, ...]]:
    """Return the documents of a type, each as its languages, the master first."""
    masters = (d for d in manual.documents if d.is_master and d.control.type == kind.key)
    return [tuple(manual.languages_of(master.id)) for master in masters]
