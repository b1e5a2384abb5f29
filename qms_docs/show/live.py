"""What a browser shows while somebody writes: findings on top, page or PDF below."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from qms_docs.rules import severity
from qms_docs.show import page, templates
from qms_docs.text import messages
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding
from qms_docs.words.manual import Manual
from qms_docs.words.printing import PrintJob


@dataclass(frozen=True)
class Sheet:
    """A document that is open on the screen."""

    name: str
    """Of its page, for example `CSC-QP-12.en`; `.html`, `.redline` and `.pdf` are its contents."""
    path: str
    """The source file."""
    title: str = ""
    state: str = "current"
    """`current`, or why the page is of an earlier text: `broken`, `removed`."""
    error: QmsError | None = None
    """Why there is no page or no PDF of the current text."""
    html: str = ""
    """Tag of the page; empty if there has been none yet."""
    redline: str = ""
    """Tag of the page of changes since the last commit; empty if nobody has asked for it."""
    pdf: str = ""
    """Tag of the PDF; empty if there has been none yet."""
    printing: bool = False
    """The PDF is older than the page, and a new one is being made."""
    troubles: tuple[Finding, ...] = ()
    """What the printing has found."""


def names(manual: Manual) -> dict[str, str]:
    """Return the name of every document's page → its source file.

    A source whose front matter is not in order is named as its file is.
    """
    named = {}
    for source in manual.sources:
        stem = source.path.rsplit("/", 1)[-1].removesuffix(".md")
        named[stem if "." in stem else f"{stem}.{manual.policy.master}"] = source.path
    ordered = {f"{item.id}.{item.language}": item.path for item in manual.documents}
    return {**named, **ordered}


def sheet_page(
    sheet: Sheet,
    manual: Manual | None,
    findings: Iterable[Finding],
    error: QmsError | None,
    language: str,
) -> bytes:
    """Return the page around a document; `error` says why the manual cannot be judged at all."""
    found = tuple(findings)
    # Without a policy its own findings are all there is.
    own = [item for item in found if error or item.place.path == sheet.path]
    id_ = sheet.name.partition(".")[0]
    texts = [f"{item.id}.{item.language}" for item in manual.languages_of(id_)] if manual else []
    return templates.render(
        "watch.html",
        language=language,
        script=_script(),
        sheet=sheet,
        older=error is not None or sheet.state != "current",
        errors=[messages.of_error(item, language) for item in (error, sheet.error) if item],
        findings=[_told(finding, language) for finding in (*own, *sheet.troubles)],
        elsewhere=len(found) - len(own),
        texts=[(name, name.partition(".")[2]) for name in texts],
    ).encode("utf-8")


def list_page(manual: Manual, language: str) -> bytes:
    """Return the list of all documents."""
    titles = {item.path: item.title for item in manual.documents}
    listed = [(name, titles.get(path, path)) for name, path in sorted(names(manual).items())]
    return _plain(language, documents=listed, errors=())


def error_page(error: QmsError, language: str) -> bytes:
    """Return a page in the place of one that cannot be made."""
    return _plain(language, documents=(), errors=[messages.of_error(error, language)])


def _plain(language: str, **values: object) -> bytes:
    return templates.render(
        "watch.html", language=language, script=_script(), sheet=None, **values
    ).encode("utf-8")


def document_page(job: PrintJob) -> tuple[bytes, dict[str, bytes]]:
    """Return a document as a page for the browser, and its images by name."""
    html = page.standalone(replace(job, assets={})).replace(page.ASSET_BASE, "images/")
    images = {
        address.replace(page.ASSET_BASE, "images/"): data for address, data in job.assets.items()
    }
    return html.encode("utf-8"), images


def policy() -> str:
    """Return the content security policy: only our own script runs, nothing comes from outside."""
    digest = base64.b64encode(hashlib.sha256(_script().encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
        "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
    )


@cache
def _script() -> Markup:
    text = files("qms_docs").joinpath("data", "templates", "watch.js").read_text("utf-8")
    return Markup(text)  # noqa: S704  # ours


def _told(finding: Finding, language: str) -> dict[str, object]:
    sentence, hint = messages.of_finding(finding, language)
    kind = messages.label(severity(finding), language)
    return {"finding": finding, "kind": kind, "sentence": sentence, "hint": hint}
