"""Marks across the pages of a finished PDF, without a new layout.

The mark is printed by the same engine with the same fonts and put behind what stands on each page,
as an artifact (ISO 32000-1, 14.8.2.2.2), so that PDF/A-3a and PDF/UA-1 still hold and a screen
reader reads the text as before.
"""

import hashlib
import io
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from qms_docs.edges import entries, pdf
from qms_docs.words.errors import QmsError
from qms_docs.words.printing import Pressed, Printed, Sheet

if TYPE_CHECKING:
    import pikepdf

_MARK = "/QmsMark"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def press(sheet: Sheet) -> Pressed:
    """Print a sheet if it is not printed yet, and mark it; raises QmsError as `pdf.render`."""
    if sheet.job is None:
        printed = Printed(sheet.name, sheet.path, sheet.master, page_count(sheet.master))
    else:
        printed = pdf.render(sheet.job)
    master = hashlib.sha256(printed.data).hexdigest()
    data = stamped(printed.data, sheet.mark) if sheet.mark else printed.data
    marked = Printed(sheet.name, sheet.path, data, printed.pages, printed.troubles)
    return Pressed(marked, master)


@cache
def tools() -> Mapping[str, str]:
    """Return the program and the libraries that decide what `press` makes, with their versions."""
    return {"qms-docs": entries.program("**/*.py", "data/**/*").hex(), **pdf.versions()}


def page_count(data: bytes) -> int:
    """Return the number of pages of a PDF of our own."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as opened:
        return len(opened.pages)


def stamped(data: bytes, html: str) -> bytes:
    """Return a PDF of our own with a mark behind each page.

    `html` has two pages: the mark for upright pages and the one for wide ones. The same arguments
    give the same bytes. A marked file lies one folder deeper than those it links to.
    """
    return _marked(data, html, _link_up)


def numbered(data: bytes, html: str) -> bytes:
    """Return a PDF of our own as a controlled copy, with its number at the edges of each page.

    `html` as for `stamped`. Where a copy will lie nobody knows, so its links stay as they are.
    """
    return _marked(data, html, lambda _page: None)


def _marked(data: bytes, html: str, change: Callable[["pikepdf.Page"], None]) -> bytes:
    import pikepdf

    marks = pdf.sheet_of(html)
    with pikepdf.open(io.BytesIO(data)) as document, pikepdf.open(io.BytesIO(marks)) as drawn:
        if len(drawn.pages) != 2:
            raise QmsError("render-failed", name="mark", detail=f"{len(drawn.pages)} pages")
        forms = [document.copy_foreign(page.as_form_xobject()) for page in drawn.pages]
        for page in document.pages:
            left, bottom, right, top = (float(each) for each in page.mediabox)
            _underlay(page, forms[right - left > top - bottom])
            change(page)
        stream = io.BytesIO()
        document.save(stream, deterministic_id=True, preserve_pdfa=True)
    return stream.getvalue()


def _underlay(page: "pikepdf.Page", form: "pikepdf.Object") -> None:
    import pikepdf

    name = page.add_resource(form, pikepdf.Name.XObject, name=pikepdf.Name(_MARK))
    drawing = b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC q %b Do Q EMC\n"
    page.contents_add(drawing % str(name).encode("ascii"), prepend=True)


def _link_up(page: "pikepdf.Page") -> None:
    """Let relative links lead out of the folder of what is not in force."""
    import pikepdf

    for note in page.get("/Annots", ()):
        action = note.get("/A")
        if action is not None and action.get("/S") == "/URI":
            address = str(action.URI)
            if not _SCHEME.match(address) and not address.startswith(("#", "/")):
                action.URI = pikepdf.String(f"../{address}")
