"""Image files are judged from their bytes: what they are, whole or not, too large or not."""

import struct
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text import images
from tests.edges.printing import png, svg

JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010101000100010000ffdb004300" + "03" * 64 + "ffc0000b080008000801011100"
    "ffc40014100100000000000000000000000000000000ffda0008010100003f007fffd9"
)


def cases(data: bytes, extension: str) -> list[str]:
    return [flaw.case for flaw in images.flaws(data, extension)]


def resized(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes whose header promises another size."""
    sound = png(9, 9)
    head = sound[12:16] + struct.pack(">II", width, height) + sound[24:29]
    return sound[:12] + head + struct.pack(">I", zlib.crc32(head)) + sound[33:]


def test_a_sound_image_has_no_flaws() -> None:
    assert cases(png(9, 9), ".png") == []
    assert cases(JPEG, ".jpg") == []
    assert cases(JPEG + b"\0" * 100, ".jpeg") == []
    assert cases(svg("").encode(), ".svg") == []


@pytest.mark.parametrize("extension", [".png", ".jpg", ".jpeg", ".svg"])
@pytest.mark.parametrize("data", [b"", b"GIF89a", b"RIFF", b"%PDF-1.7", b"\0" * 99])
def test_what_is_no_such_image_is_told(data: bytes, extension: str) -> None:
    assert cases(data, extension) == ["unreadable" if extension == ".svg" else "kind"]


def test_an_image_is_what_its_name_says() -> None:
    assert cases(png(9, 9), ".jpg") == ["kind"]
    assert cases(JPEG, ".png") == ["kind"]
    assert cases(svg("").encode(), ".png") == ["kind"]


@pytest.mark.parametrize("end", range(8, len(png(9, 9))))
def test_a_png_that_is_cut_off_is_told(end: int) -> None:
    assert cases(png(9, 9)[:end], ".png") == ["damaged"]


@pytest.mark.parametrize("place", range(8, len(png(9, 9))))
def test_a_png_with_a_wrong_byte_is_told(place: int) -> None:
    data = bytearray(png(9, 9))
    data[place] ^= 0x10
    assert "damaged" in cases(bytes(data), ".png")


@pytest.mark.parametrize("end", range(3, len(JPEG) - 1))
def test_a_jpeg_that_is_cut_off_is_told(end: int) -> None:
    assert cases(JPEG[:end], ".jpg") == ["damaged"]


@pytest.mark.parametrize(("width", "height"), [(200_000, 200_000), (50_000, 1001), (2**31, 2**31)])
def test_a_small_file_that_promises_a_huge_image_is_refused_unseen(width: int, height: int) -> None:
    tracemalloc.start()
    (flaw,) = images.flaws(resized(width, height), ".png")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (flaw.case, flaw.detail, flaw.stops) == ("pixels", f"{width} × {height}", True)
    assert peak < 2_000_000
    assert cases(JPEG.replace(b"\0\x08\0\x08", b"\xff\xff\xff\xff"), ".jpg") == ["pixels"]


def test_an_image_without_a_size_is_damaged() -> None:
    assert cases(resized(0, 9), ".png") == ["damaged"]


@given(st.binary(max_size=200), st.sampled_from([".png", ".jpg", ".svg"]))
def test_no_bytes_make_the_reader_fail(data: bytes, extension: str) -> None:
    start = {".png": png(9, 9)[:33], ".jpg": JPEG[:20], ".svg": b"<svg xmlns='x'>"}[extension]
    assert cases(start + data, extension)
    cases(data, extension)
