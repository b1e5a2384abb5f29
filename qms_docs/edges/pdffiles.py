"""The files inside a PDF that somebody hands in: it may be damaged, locked or hostile.

pikepdf is imported here only, when such a PDF is read.
"""

import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from qms_docs.words.errors import QmsError

if TYPE_CHECKING:
    import pikepdf

LARGEST = 64 * 1024 * 1024
"""Bytes of a PDF, and of anything inside it while it is unpacked."""
LARGEST_FILE = 64 * 1024
"""Bytes of a file inside a PDF, packed or not."""
_MARK = b"%PDF-"


def is_pdf(data: bytes) -> bool:
    """Tell whether some bytes begin as a PDF does."""
    return _MARK in data[:1024]


def attached(data: bytes, name: str, path: Path) -> bytes | None:
    """Return the file with a name inside a PDF; None if it has no such file.

    `path` is for messages. Raises QmsError if the PDF is too large, locked or damaged.
    """
    if len(data) > LARGEST:
        raise QmsError("pdf-too-large", path=path, limit=f"{LARGEST // 1024**2} MiB")
    import pikepdf
    from pikepdf import settings

    # What a small file unpacks to could fill the memory.
    settings.set_qpdf_limits(flate_max_memory=LARGEST, run_length_max_memory=LARGEST)
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
            return _unpacked(pdf, name, path)
    except pikepdf.PasswordError as error:
        raise QmsError("pdf-locked", path=path) from error
    # Hostile files make it raise whatever Python knows.
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, LookupError,
            AttributeError, zlib.error) as error:  # fmt: skip
        raise QmsError("pdf-damaged", path=path) from error


def _unpacked(pdf: "pikepdf.Pdf", name: str, path: Path) -> bytes | None:
    if pdf.is_encrypted:
        raise QmsError("pdf-locked", path=path)
    if name not in pdf.attachments:
        return None
    stream = pdf.attachments[name].get_file().obj
    raw = stream.read_raw_bytes()
    packed = str(stream.get("/Filter", ""))
    if len(raw) > LARGEST_FILE or packed not in ("", "/FlateDecode"):
        raise QmsError("pdf-damaged", path=path)
    if not packed:
        return bytes(raw)
    unpacker = zlib.decompressobj()
    found = unpacker.decompress(raw, LARGEST_FILE)
    if not unpacker.eof:
        raise QmsError("pdf-damaged", path=path)
    return found
