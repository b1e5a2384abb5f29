"""What changed between two states of a document, as a page with every change marked."""

from dataclasses import dataclass

from qms_docs import __version__
from qms_docs.judge import dossier
from qms_docs.show import dossiers, page, templates, typeset
from qms_docs.text.redline import Changes, Fact, metadata, redline
from qms_docs.words.manual import Manual
from qms_docs.words.model import Document
from qms_docs.words.printing import Material, PrintJob


@dataclass(frozen=True)
class Side:
    """A document in one state of the manual; without a document where it was not there."""

    name: str
    """What people call the state: `work tree` or the name of a commit."""
    manual: Manual
    material: Material
    document: Document | None


@dataclass(frozen=True)
class Comparison:
    """The page of the changes and their sum."""

    job: PrintJob
    changes: Changes
    """How many paragraphs, rows, items and sections changed."""
    facts: tuple[Fact, ...]
    """Changed control data, by the keys of `qms show`."""
    marked: str
    """The text alone with its changes marked; its images are among the assets of the job."""


def compare(old: Side, new: Side, language: str) -> Comparison:
    """Compare two states of a document, of which one may lack it.

    `language` is that of the words around the text; the text keeps its own.
    """
    shown = new.document or old.document
    assert shown is not None
    assets: dict[str, bytes] = {}
    marked = redline(_body(old, assets), _body(new, assets))
    facts = metadata(_facts(old, language), _facts(new, language))
    html = templates.render(
        "redline.html",
        document=shown,
        language=shown.language,
        reader=language,
        old=old,
        new=new,
        changes=marked.changes,
        facts=facts,
        body=page.safe(typeset.body(marked.html)),
        version=__version__,
    )
    name = f"{shown.id}.{shown.language}.redline.pdf"
    job = PrintJob(name, shown.path, html, assets)
    return Comparison(job, marked.changes, facts, marked.html)


def _body(side: Side, assets: dict[str, bytes]) -> str:
    if side.document is None:
        return ""
    return page.body_html(side.document, side.manual, side.material, assets)


def _facts(side: Side, language: str) -> dict[str, str]:
    """Return the facts that people compare: title and control data."""
    if side.document is None:
        return {}
    found = dossier.of(side.manual, side.document.id)
    assert found is not None
    return {"title": side.document.title, **dossiers.facts(found, side.manual, language)}
