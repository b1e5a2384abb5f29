"""Print jobs for the tests of the PDF engine."""

import struct
import zlib

from qms_docs.words.printing import PrintJob

IMAGE = "https://assets.invalid/images/chart"
_SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'

ENDLESS = '<rect id="a0" width="1" height="1"/>' + "".join(
    f'<g id="a{n + 1}">' + f'<use href="#a{n}"/>' * 10 + "</g>" for n in range(9)
)
"""What is in a drawing that takes for ever: a thousand million rectangles in a kilobyte."""

SLOW = '<rect id="a0" width="1" height="1"/>' + "".join(
    f'<g id="a{n + 1}">' + f'<use href="#a{n}"/>' * 10 + "</g>" for n in range(4)
)
"""What is in a drawing that takes seconds, as many as the check lets pass."""


def job(body: str, **assets: bytes) -> PrintJob:
    """Return a page with a body; assets by their extension, at the address IMAGE."""
    head = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title></head>'
    return PrintJob(
        name="CSC-QP-12.en.pdf",
        path="procedures/CSC-QP-12.md",
        html=f"{head}<body><h1>T</h1>{body}</body></html>",
        assets={f"{IMAGE}.{name}": data for name, data in assets.items()},
    )


def image(extension: str) -> str:
    return f'<p><img src="{IMAGE}.{extension}" alt="A chart"></p>'


def drawing(content: str, before: str = "") -> PrintJob:
    """Return a page with an SVG image."""
    return job(image("svg"), svg=svg(content, before).encode("utf-8"))


def svg(content: str, before: str = "") -> str:
    """Return an SVG image."""
    return f'{before}<svg {_SPACES} width="90" height="90">{content}</svg>'


def png(width: int, height: int) -> bytes:
    """Return a black PNG image."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    size = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * height)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size)
    return start + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
