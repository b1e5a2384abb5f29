"""Looking into finished PDFs with tools of others: Poppler, qpdf, pikepdf."""

import io
import re
import subprocess
from pathlib import Path

import pikepdf

OURS = re.compile(r"/[A-Z]{6}\+QMS-[A-Za-z-]+")
"""The name of a font that came from the shipped files: part of one, and one of ours."""


def pages(file: Path, order: str = "-layout") -> list[str]:
    """Return the text of each page, with every run of spaces as one space.

    In the `order` of the lines as they are seen, or `-raw`: as they stand in the file, with text
    that is turned.
    """
    done = subprocess.run(
        ["pdftotext", order, "-enc", "UTF-8", file, "-"], capture_output=True, check=True
    )
    return [" ".join(text.split()) for text in done.stdout.decode("utf-8").split("\f")[:-1]]


def fonts(data: bytes) -> dict[str, bool]:
    """Return the names of all fonts in a PDF and whether each is embedded."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [thing for thing in pdf.objects if _is_font(thing)]
        return {
            str(font.BaseFont): any(
                name in part.get("/FontDescriptor", {})
                for part in (font, *font.get("/DescendantFonts", ()))
                for name in ("/FontFile", "/FontFile2", "/FontFile3")
            )
            for font in found
        }


def _is_font(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"


def attachments(data: bytes) -> dict[str, tuple[bytes, str]]:
    """Return the name of each attached file with its bytes and its relationship."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {
            name: (item.get_file().read_bytes(), str(item.obj.AFRelationship))
            for name, item in pdf.attachments.items()
        }


def plain(data: bytes) -> bytes:
    """Return all the streams of a PDF, decompressed, one after the other."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
        return b"".join(stream.read_bytes() for stream in streams)


def complaints(file: Path) -> str:
    """Return what `qpdf --check` has to say against a file; nothing for a sound one."""
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr
