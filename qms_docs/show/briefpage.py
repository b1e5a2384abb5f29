"""What a reviewer is told of a pull request, as one page in one file: with the full redline."""

import re
from collections.abc import Collection, Iterator
from html import escape
from importlib.resources import files

from qms_docs import __version__
from qms_docs.show import briefs, page, templates, typeset
from qms_docs.show.briefs import Alteration, Brief, Sheet
from qms_docs.show.harmless import plain
from qms_docs.text.messages import LANGUAGES, label
from qms_docs.text.redline.passages import DELETED, FORMAT, IMAGE, INSERTED, Run, shortened

NAME = "review.html"
"""Its file."""
_STYLES = ("document.css", "screen.css", "redline.css", "brief.css")
_TAG = re.compile(r"<[a-z][^<>]*>")
_ANCHOR = re.compile(r'(?<= id=")|(?<= href="#)')
_ADDRESS = re.compile(r' href="([^"]*)"')


def as_html(brief: Brief) -> str:
    """Return the page. It loads nothing and runs nothing, whatever the texts say."""
    language = brief.language
    drafts = {name for sheet in brief.sheets for name in sheet.drafts}
    return templates.render(
        "brief.html",
        brief=brief,
        of=label("brief-of", language, number=brief.number, name=plain(brief.repository)),
        colon=label("colon", language),
        styles=tuple(map(page.safe, _styles())),
        plain=plain,
        state=lambda sheet: briefs.state(sheet, language),
        headline=lambda sheet: briefs.headline(sheet, language),
        grade=lambda value: briefs.grade(value, language),
        touched=lambda sheet: briefs.touched(sheet, language),
        rendition=lambda text: briefs.rendition(text, language),
        facts=briefs.facts,
        old=lambda sheet: _old(sheet, language),
        tongue=_tongue,
        short=lambda found: [shortened(each) for each in found.passages],
        runs=lambda passage: page.safe("".join(_run(each, language) for each in passage.runs)),
        body=lambda found, *place: page.safe(_body(found, place, drafts)),
        help=[page.safe(_strong(line)) for line in briefs.help_lines(language)],
        version=__version__,
    )


def _styles() -> Iterator[str]:
    folder = files("qms_docs").joinpath("data", "templates")
    return (folder.joinpath(name).read_text("utf-8") for name in _STYLES)


def _old(sheet: Sheet, language: str) -> str:
    return label("brief-side", language, revision=sheet.before) if sheet.before else "–"


def _tongue(language: str) -> str:
    return label("language-name", language) if language in LANGUAGES else plain(language, 20)


def _run(run: Run, language: str) -> str:
    """Return text with its mark; the spaces around it stay outside."""
    text = escape(plain(run.text, 2000))
    if run.mark in (INSERTED, DELETED):
        text = f"<{run.mark}>{text}</{run.mark}>"
    elif run.mark in (FORMAT, IMAGE):
        text = f"{text} <em>({escape(label(f'brief-{run.mark}', language))})</em>"
    return f"{' ' * run.text[:1].isspace()}{text}{' ' * run.text[-1:].isspace()}"


def _strong(line: str) -> str:
    """Return one of our own lines with what is strong in it; it comes from the catalogue."""
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", line)


def _body(found: Alteration, place: tuple[int, ...], drafts: Collection[str]) -> str:
    """Return the text with its changes, so that several of them can stand on one page."""
    assert found.comparison is not None
    prefix = f"{'-'.join(map(str, place))}-"

    def apart(tag: re.Match[str]) -> str:
        shown = _ADDRESS.sub(lambda each: _link(each, drafts), tag[0])
        return _ANCHOR.sub(prefix, shown)

    html = _TAG.sub(apart, typeset.body(found.comparison.marked))
    return page.with_images(html, found.comparison.job.assets)


def _link(address: re.Match[str], drafts: Collection[str]) -> str:
    """Keep a link within the text, to the web or to a draft that is there; no other leads on."""
    target = address[1]
    is_kept = target.startswith(("#", "https://", "http://", "mailto:")) or target in drafts
    return address[0] if is_kept else ""
