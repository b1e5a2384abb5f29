"""What is wrong with a PNG or JPEG, read from its bytes without unpacking it."""

import struct
import zlib
from collections.abc import Iterator

from qms_docs.words.model import Flaw

MOST_PIXELS = 50_000_000
"""An A3 page at 300 dots an inch has 17 million."""
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_NO_FRAME = {0xC4, 0xC8, 0xCC}
"""JPEG markers between C0 and CF that start no frame."""


def png(data: bytes) -> Iterator[Flaw]:
    """Yield what is wrong with a PNG.

    The sizes and checksums of its chunks (ISO/IEC 15948, 5.3) say whether all is there.
    """
    if not data.startswith(_PNG):
        yield Flaw("kind", "PNG")
        return
    position, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack(">I4s", data[position : position + 8].ljust(8, b"\0"))
        content = memoryview(data)[position + 4 : position + 8 + length]
        position += 12 + length
        if position > len(data) or zlib.crc32(content) != _number(data[position - 4 : position]):
            yield Flaw("damaged")
            return
        if kind == b"IHDR":
            yield from _pixels(_number(data[16:20]), _number(data[20:24]))


def jpeg(data: bytes) -> Iterator[Flaw]:
    """Yield what is wrong with a JPEG; the frame has its size (ITU-T T.81, B.2.2)."""
    if not data.startswith(_JPEG):
        yield Flaw("kind", "JPEG")
        return
    position = 2
    while data[position : position + 1] == b"\xff" and position + 9 <= len(data):
        marker = data[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME:
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            yield from _pixels(width, height)
            if b"\xff\xd9" not in data[-1024:]:  # the end; cameras write a little behind it
                yield Flaw("damaged")
            return
        # A marker may be padded with more bytes FF.
        position += 1 if marker == 0xFF else 2 + _number(data[position + 2 : position + 4])
    yield Flaw("damaged")


def _pixels(width: int, height: int) -> Iterator[Flaw]:
    if not width or not height:
        yield Flaw("damaged")
    if width * height > MOST_PIXELS:
        yield Flaw("pixels", f"{width} × {height}")


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")
