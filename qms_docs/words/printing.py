"""What goes to the PDF engine and what comes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

IMAGE_TYPES: Mapping[str, str] = {
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
"""Endings of the files that can be printed as images → media type."""


@dataclass(frozen=True)
class Material:
    """What a page takes in beside the text of its document."""

    read: Callable[[str], bytes]
    """Returns the bytes of a file of the same snapshot."""
    drawings: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    """Kind and source of each diagram that could be drawn → SVG."""


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF (PDF/A-3, ISO 19005-3, 6.8)."""

    name: str
    data: bytes
    media_type: str
    relationship: str
    """`Source` for what the page was made from, `Data` for facts behind it."""
    description: str


@dataclass(frozen=True)
class PrintJob:
    """One document, complete: the engine reads no file and no address beside it."""

    name: str
    """File name of the PDF, for example `CSC-QP-12.en.pdf`."""
    path: str
    """The source file, for messages."""
    html: str
    assets: Mapping[str, bytes] = field(default_factory=dict)
    """Address in the HTML → bytes of the image."""
    attachments: tuple[Attached, ...] = ()
    closer: tuple[str, ...] = ()
    """HTML of the same in less room, for what must fit on one page: the first that does is printed,
    else the last."""


@dataclass(frozen=True)
class Trouble:
    """Something the engine could not print as written."""

    case: str
    """`edge` for what stands outside its room: finding QMS804. `timeout`, `crashed` or `failed`
    for a document that was not printed: finding QMS806. Else the case of QMS801: `glyph`, `image`,
    `anchor`, or empty for anything else."""
    detail: str
    line: int = 0
    """Line of the source file, 0 if the engine does not know it."""


@dataclass(frozen=True)
class Printed:
    """A finished PDF, or why there is none."""

    name: str
    path: str
    data: bytes
    """Empty for a document that was not printed."""
    pages: int
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A PDF that a publication needs: printed, or taken from an earlier one, and marked."""

    name: str
    path: str
    """The source file, for messages."""
    job: PrintJob | None
    """What to print; None where `master` is there already."""
    master: bytes = b""
    """The PDF without a mark, as it was printed before."""
    mark: str = ""
    """HTML of what stands across its pages; empty for a text that is in force."""


@dataclass(frozen=True)
class Pressed:
    """What became of a sheet."""

    printed: Printed
    master: str
    """SHA-256 of the PDF without the mark; empty if it was not printed."""
