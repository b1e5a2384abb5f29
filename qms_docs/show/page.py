"""A document as a printable page: HTML with its images and attachments, nothing beside it."""

import base64
import hashlib
import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from importlib.resources import files
from urllib.parse import quote

from qms_docs import __version__
from qms_docs.judge import disclosure, lifecycle, register, reviews
from qms_docs.show import enclosures, forms, proof, qr, templates, typeset
from qms_docs.show.standards import standard_name
from qms_docs.text import closure, links, markdown
from qms_docs.text.diagrams import svg
from qms_docs.text.messages import label
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document, Heading, Source
from qms_docs.words.printing import IMAGE_TYPES, Material, PrintJob
from qms_docs.words.rows import Kind

ASSET_BASE = "https://assets.invalid/images/"
"""Addresses of images inside a job; `.invalid` is never resolved (RFC 2606)."""
LONG_FROM = 12_000
"""A text of at least so many bytes, some five pages in either language, gets a cover page and a
table of contents, if it has headings enough."""
LISTED_FROM = 8
"""With fewer headings than this nobody needs a list of them."""
_NUMBER = re.compile(
    r"[0-9]+(\.[0-9]+)*[.\u3001\uff0e\s]|[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]+\u3001"
)
"""How a heading starts that is numbered by hand, so that it is not numbered twice."""


def print_job(
    document: Document,
    manual: Manual,
    material: Material,
    attached: Collection[str] | None = None,
) -> PrintJob:
    """Return everything the PDF engine needs to print a document.

    `attached` is what the PDF carries inside beside its facts (default: what the manual's own
    policy says of its classification).
    """
    if attached is None:
        attached = disclosure.attached(document, manual.policy)
    assets: dict[str, bytes] = {}
    source = document.source
    body = body_html(document, manual, material, assets, source.body_line)
    told = proof.proof(document, manual)
    fields = tuple(manual.policy.headings(Kind.FIELDS, document.language))
    found = closure.in_manual(document, manual, material.read)
    html = templates.render(
        "document.html",
        document=document,
        manual=manual,
        policy=manual.policy,
        language=document.language,
        body=safe(typeset.body(body, fields)),
        row_height=forms.row_height(document, manual),
        facts=_facts(document, manual, told),
        clauses=[(standard_name(n), numbers) for n, numbers in document.control.clauses.items()],
        contents=_contents(source),
        translations=[other for other in manual.languages_of(document.id) if other is not document],
        reading_order=sorted(manual.policy.languages, key=lambda tag: tag != document.language),
        lag=_lag(document, manual),
        numbered=not any(_NUMBER.match(heading.text) for heading in source.content.headings),
        proof=told,
        attached=attached,
        closure=found,
        version=__version__,
        qr=qr_asset(told.code, manual, assets) if told.code else None,
    )
    return PrintJob(
        name=file_name(document),
        path=document.path,
        html=html,
        assets=assets,
        attachments=tuple(enclosures.all_of(document, manual, material.read, found, attached)),
    )


def body_html(
    document: Document,
    manual: Manual,
    material: Material,
    assets: dict[str, bytes],
    first_line: int | None = None,
) -> str:
    """Return the body as HTML; the images it shows are added to `assets`.

    With `first_line` its blocks bear the lines on which they stand: see `markdown.to_html`.
    """
    return markdown.to_html(
        document.source.body,
        link=lambda target: _link(document, manual, target),
        image=lambda target: _image(document, manual, target, material.read, assets),
        diagram=lambda kind, source: _diagram(material.drawings.get((kind, source)), assets),
        table=lambda target: manual.tables.get(links.resolve(document.path, target) or ""),
        parameter=lambda name: manual.value(name, document.language),
        first_line=first_line,
        on_paper=True,
    )


def file_name(document: Document) -> str:
    """Return the name of a document's PDF: the same for every revision, so that links hold."""
    return f"{document.id}.{document.language}.pdf"


def standalone(job: PrintJob) -> str:
    """Return the page for a browser, in one file: images inside, the reader's own fonts."""
    html = with_images(job.html, job.assets)
    folder = files("qms_docs").joinpath("data", "templates")
    styles = "\n".join(
        folder.joinpath(name).read_text("utf-8") for name in ("document.css", "screen.css")
    )
    return html.replace("</head>", f"<style>\n{styles}</style>\n</head>", 1)


def with_images(html: str, assets: Mapping[str, bytes]) -> str:
    """Return HTML with the images in it that it shows."""
    for address, data in assets.items():
        media_type = IMAGE_TYPES[posixpath.splitext(address)[1].lower()]
        encoded = base64.b64encode(data).decode("ascii")
        html = html.replace(address, f"data:{media_type};base64,{encoded}")
    return html


def safe(html: str) -> object:
    """Tell the templates that this HTML was made by our own renderer from escaped text."""
    from markupsafe import Markup

    return Markup(html)  # noqa: S704  # as the docstring says


def _link(document: Document, manual: Manual, target: str) -> str | None:
    """Say where a link leads in print: inside the PDF, to a sibling PDF, or to the web."""
    if target.startswith("#") or links.is_web(target):
        return target
    path = links.resolve(document.path, target)
    linked = next((other for other in manual.documents if other.path == path), None)
    return file_name(linked) if linked else None


def _image(
    document: Document,
    manual: Manual,
    target: str,
    read: Callable[[str], bytes],
    assets: dict[str, bytes],
) -> str | None:
    path = links.resolve(document.path, target) or ""
    extension = posixpath.splitext(path)[1].lower()
    if not manual.is_regular(path) or extension not in IMAGE_TYPES:
        return None
    if any(flaw.stops for flaw in manual.flaws.get(path, ())):
        return None
    return asset(path, read(path), assets)


def _diagram(drawing: bytes | None, assets: dict[str, bytes]) -> markdown.Drawn | None:
    if drawing is None:
        return None
    return markdown.Drawn(asset("diagram.svg", drawing, assets), svg.is_wide(drawing))


def asset(path: str, data: bytes, assets: dict[str, bytes]) -> str:
    """Add an image to the assets and return its address."""
    address = f"{ASSET_BASE}{hashlib.sha256(data).hexdigest()[:16]}/{quote(path)}"
    assets[address] = data
    return address


def qr_asset(code: str, manual: Manual, assets: dict[str, bytes]) -> str:
    """Return the address of the drawing that leads to what a page's code leads to."""
    portal = manual.policy.portal
    return asset("qr.svg", qr.svg(f"{portal}verify.html#{code}" if portal else code), assets)


def _facts(document: Document, manual: Manual, told: proof.Proof) -> Mapping[str, str]:
    """Return the cover block: what identifies and controls the document (7.5.2 a)."""
    language, control, policy = document.language, document.control, manual.policy
    issue = lifecycle.issue_of(document, manual)
    kind = policy.types.get(control.type)
    classification = policy.classifications.get(control.classification, {})
    facts = {
        "identification": document.id,
        "revision": str(document.revision),
        "type": policy.in_language(kind.name, language) if kind else control.type,
        "status": label(f"status-{told.status}", language),
        "owner": register.role_name(manual, control.owner, language),
        "classification": classification.get(language, control.classification),
        "effective": proof.moment(issue.effective, manual)
        if issue
        else register.effective(document, language),
        "review-every": label("months", language, count=control.review_months),
    }
    if issue and manual.as_of:
        del facts["status"]  # a saved file cannot know it: its pages say from when it is in force
        due = reviews.due(issue, manual.released, manual.as_of)
        facts["review-due"] = proof.day(due, manual)
    if document.translation_of is not None:
        facts["translation-of"] = label(
            "translated-revision",
            language,
            id=document.id,
            revision=document.translation_of,
            name=label("language-name", policy.master),
        )
    return facts


def _lag(document: Document, manual: Manual) -> str:
    """Return that a text translates an older master than there is, empty for any other.

    Only a draft can: what is in force and translates another revision is superseded with it.
    """
    master = manual.find(document.id)
    if master is None or document.translation_of in (None, master.revision):
        return ""
    return label(
        "translation-behind",
        document.language,
        revision=document.translation_of,
        master=master.revision,
    )


def _contents(source: Source) -> tuple[Heading, ...]:
    if len(source.body.encode("utf-8")) < LONG_FROM:
        return ()
    headings = source.content.headings
    listed = tuple(each for each in headings if each.level in (2, 3) and each.anchor)
    return listed if len(listed) >= LISTED_FROM else ()
