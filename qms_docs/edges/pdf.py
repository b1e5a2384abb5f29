"""The one door to the PDF engine: a print job in, a PDF/A-3a and PDF/UA-1 file out.

WeasyPrint is imported here only, inside functions: it costs more than all the rest together. The
engine gets every byte from the job, so that nothing of the machine can end up in a PDF, and uses
the shipped fonts only, so that the same job gives the same bytes everywhere.
"""

import ctypes
import logging
import os
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from xml.etree import ElementTree

from qms_docs.edges import layout
from qms_docs.words.errors import QmsError
from qms_docs.words.printing import Attached, Printed, PrintJob, Trouble

if TYPE_CHECKING:
    pass

FONT_BASE = "https://assets.invalid/fonts/"
"""Where style sheets find the fonts; `.invalid` is never resolved (RFC 2606)."""
# A draft has no date of its own, and the clock must not get into the bytes.
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_ADDRESS = re.compile(r"https://assets\.invalid/images/[0-9a-f]+/")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PDFUA = "http://www.aiim.org/pdfua/ns/id/"


@dataclass(frozen=True)
class _Engine:
    """What a process sets up once and uses for every document."""

    library: Any
    fonts: Any
    sheets: tuple[Any, ...]
    fetcher: type


def render(job: PrintJob) -> Printed:
    """Print one document.

    What could not be printed as written comes back as troubles. Raises QmsError if the engine
    cannot start or gives up on the document.
    """
    engine = _engine()
    troubles: list[Trouble] = []
    with _listening(troubles):
        try:
            document = _laid_out(engine, job, job.html)
            for html in job.closer:
                if len(document.pages) == 1:
                    break
                troubles.clear()
                document = _laid_out(engine, job, html)
            troubles += layout.overflow(document.pages)
            _link_once(document.pages)
            _claim_pdf_ua(document.metadata)
            document.metadata.attachments = [_attachment(engine, item) for item in job.attachments]
            data: bytes = document.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True)
        except (RecursionError, ValueError, ArithmeticError, LookupError, TypeError) as error:
            detail = f"{type(error).__name__}: {error}"
            raise QmsError("render-failed", name=job.path, detail=detail) from error
    return Printed(job.name, job.path, data, len(document.pages), tuple(dict.fromkeys(troubles)))


def _laid_out(engine: _Engine, job: PrintJob, html: str) -> Any:
    return engine.library.HTML(string=html, url_fetcher=engine.fetcher(job.assets)).render(
        font_config=engine.fonts,
        stylesheets=list(engine.sheets),
        pdf_variant="pdf/a-3a",
        pdf_tags=True,
    )


def sheet_of(html: str) -> bytes:
    """Return a PDF of a page of our own that other pages take in: untagged, with its own styles."""
    engine = _engine()
    page = engine.library.HTML(string=html, url_fetcher=engine.fetcher({}))
    data: bytes = page.write_pdf(
        font_config=engine.fonts, stylesheets=list(engine.sheets[:1]), pdf_variant="pdf/a-3b"
    )
    return data


def versions() -> dict[str, str]:
    """Return the versions of everything that decides the bytes of a PDF."""
    libraries = (
        ("pango", "libpango-1.0.so.0", "libpango-1.0.0.dylib", "pango_version_string"),
        ("harfbuzz", "libharfbuzz.so.0", "libharfbuzz.0.dylib", "hb_version_string"),
    )
    return {
        **{name: version(name) for name in ("weasyprint", "pydyf", "pikepdf")},
        **{name: _library_version(symbol, *names) for name, *names, symbol in libraries},
    }


def _library_version(symbol: str, *names: str) -> str:
    for name in names:
        try:
            function = getattr(ctypes.CDLL(name), symbol)
        except (OSError, AttributeError):
            continue
        function.restype = ctypes.c_char_p
        return str(function().decode("ascii"))
    return "unknown"


def start() -> None:
    """Set up the engine of this process ahead of the first document."""
    _engine()


@cache
def _engine() -> _Engine:
    fonts = files("qms_docs").joinpath("data", "fonts")
    with as_file(fonts) as folder:
        os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
        with warnings.catch_warnings():
            # It warns that the machine offers no fonts: that is what fonts.conf is for.
            warnings.simplefilter("ignore", UserWarning)
            try:
                import weasyprint
                from weasyprint.text.fonts import FontConfiguration
            except OSError as error:
                raise QmsError("no-pdf-engine", detail=error) from error
            font_config = FontConfiguration()
        fetcher = _fetcher(folder)
        sheets = tuple(
            weasyprint.CSS(
                string=text, base_url=base, font_config=font_config, url_fetcher=fetcher({})
            )
            for text, base in (
                (folder.joinpath("fonts.css").read_text("utf-8"), FONT_BASE),
                (style(), None),
            )
        )
    return _Engine(weasyprint, font_config, sheets, fetcher)


def style() -> str:
    """Return the style sheet of controlled documents."""
    return files("qms_docs").joinpath("data", "templates", "document.css").read_text("utf-8")


def _fetcher(fonts: Path) -> type:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class JobFetcher(URLFetcher):  # type: ignore[misc]  # the library has no types
        """Serves the assets of a job and the shipped fonts; everything else does not exist."""

        def __init__(self, assets: Any) -> None:
            super().__init__(allowed_protocols=(), allow_redirects=False)
            self._assets = assets

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith(FONT_BASE):
                name = url.removeprefix(FONT_BASE)
                if re.fullmatch(r"[a-z-]+\.ttf", name):
                    return URLFetcherResponse(url, (fonts / name).read_bytes())
            if url not in self._assets:
                raise ValueError(f"not part of the document: {url[:80]}")
            return URLFetcherResponse(url, self._assets[url])

    return JobFetcher


def _attachment(engine: _Engine, item: Attached) -> Any:
    return engine.library.Attachment(
        string=item.data,
        name=item.name,
        description=item.description,
        relationship=item.relationship,
        created=_NO_DATE,
        modified=_NO_DATE,
    )


def _link_once(pages: Any) -> None:
    """Keep one link for each `a` of a page.

    The engine also makes one of every box inside it (bold words, an image), which PDF/UA forbids
    (ISO 14289-1, 7.18.5).
    """
    for page in pages:
        page.links = [link for link in page.links if link[3].element_tag == "a"]


def _claim_pdf_ua(metadata: Any) -> None:
    """Let the file say that it is PDF/UA-1 too.

    WeasyPrint writes one conformance only. PDF/A wants the description of the foreign property
    (its extension schema) in the same rdf:RDF (ISO 19005-3, 6.6.2.3).
    """
    metadata.generate_rdf_metadata = partial(_both_claims, metadata.generate_rdf_metadata)


def _both_claims(original: Callable[..., bytes], *arguments: Any) -> bytes:
    rdf = ElementTree.fromstring(original(*arguments))  # noqa: S314  # the engine's own
    ElementTree.register_namespace("pdfuaid", _PDFUA)
    for name, end in (("Extension", "/"), ("Schema", "#"), ("Property", "#")):
        address = f"http://www.aiim.org/pdfa/ns/{name.lower()}{end}"
        ElementTree.register_namespace(f"pdfa{name}", address)
    claim = ElementTree.SubElement(rdf, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})
    ElementTree.SubElement(claim, f"{{{_PDFUA}}}part").text = "1"
    rdf.append(ElementTree.fromstring(_EXTENSION))  # noqa: S314  # ours
    merged: bytes = ElementTree.tostring(rdf, encoding="utf-8")
    return merged


_EXTENSION = f"""
<rdf:Description xmlns:rdf="{_RDF}" rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>{_PDFUA}</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


@contextmanager
def _listening(troubles: list[Trouble]) -> Iterator[None]:
    """Collect what the engine only logs: to it a missing image is a warning, to us a finding."""
    handler = _Listener(troubles)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    propagated, logger.propagate = logger.propagate, False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated


class _Listener(logging.Handler):
    _CASES = (("glyph", "notdef"), ("image", "image"), ("anchor", "anchor"))

    def __init__(self, troubles: list[Trouble]) -> None:
        super().__init__(logging.WARNING)
        self._troubles = troubles

    def emit(self, record: logging.LogRecord) -> None:
        text = unquote(_ADDRESS.sub("", record.getMessage()))
        case = next((case for case, word in self._CASES if word in text), "")
        self._troubles.append(Trouble(case, " ".join(text.split())[:300]))
