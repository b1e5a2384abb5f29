"""The files inside a PDF: of a sound one they are read, a hostile one ends in one sentence."""

import io
import zlib
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest

from qms_docs.edges import pdffiles
from qms_docs.words.errors import QmsError

NAME, PATH = "facts.json", Path("a.pdf")


def made(data: bytes | None = b"{}\n", **options: object) -> bytes:
    """Return a PDF of one empty page with a file inside it."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if data is not None:
            pdf.attachments[NAME] = pikepdf.AttachedFileSpec(pdf, data, filename=NAME)
        return saved(pdf, **options)


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def packed(raw: bytes, filters: object) -> bytes:
    """Return a PDF whose file inside consists of these raw bytes."""
    with pikepdf.open(io.BytesIO(made())) as pdf:
        stream = pdf.attachments[NAME].get_file().obj
        stream.write(raw, filter=filters)
        return saved(
            pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none
        )


def key(data: bytes) -> str:
    with pytest.raises(QmsError) as raised:
        pdffiles.attached(data, NAME, PATH)
    return raised.value.key


@pytest.mark.parametrize("mode", pikepdf.ObjectStreamMode.__members__.values())
def test_a_file_is_read_however_the_pdf_is_written(mode: pikepdf.ObjectStreamMode) -> None:
    data = made(b"text" * 1000, object_stream_mode=mode)
    assert pdffiles.is_pdf(data)
    assert pdffiles.attached(data, NAME, PATH) == b"text" * 1000


def test_a_file_that_is_not_there_is_none() -> None:
    assert pdffiles.attached(made(), "other.json", PATH) is None
    assert pdffiles.attached(made(None), NAME, PATH) is None


@pytest.mark.parametrize("user", ["", "secret"])
def test_an_encrypted_pdf_is_refused_whether_it_opens_or_not(user: str) -> None:
    assert key(made(encryption=pikepdf.Encryption(owner="owner", user=user))) == "pdf-locked"


def test_a_damaged_pdf_is_refused() -> None:
    whole = made()
    for end in range(5, len(whole) - 30, 40):
        assert key(whole[:end]) == "pdf-damaged"
    assert key(b"%PDF-1.7\n" + b"\0" * 10_000) == "pdf-damaged"


def test_a_pdf_with_a_changed_byte_is_read_or_refused() -> None:
    whole = made()
    for at in range(0, len(whole), 7):
        changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        with suppress(QmsError):
            pdffiles.attached(changed, NAME, PATH)


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert key(made(b"\0" * 65_537)) == "pdf-damaged"
    bomb = zlib.compress(b"\0" * 50_000_000)
    assert key(packed(bomb, pikepdf.Name.FlateDecode)) == "pdf-damaged"
    twice = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    assert key(packed(zlib.compress(bomb), twice)) == "pdf-damaged"
    monkeypatch.setattr(pdffiles, "LARGEST", 100)
    assert key(made()) == "pdf-too-large"


@pytest.mark.parametrize(
    "listed",
    [
        pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String(NAME), 7])),
        pikepdf.Dictionary(Names=7),
        pikepdf.Dictionary(Kids=pikepdf.Array([7])),
        pikepdf.Array([]),
        pikepdf.String(NAME),
    ],
    ids=range(5),
)
def test_a_hostile_list_of_files_names_none(listed: pikepdf.Object) -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        pdf.Root.Names.EmbeddedFiles = listed
        data = saved(pdf)
    with suppress(QmsError):
        assert pdffiles.attached(data, NAME, PATH) is None


def test_a_list_of_files_that_holds_itself_ends() -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        names = pdf.Root.Names.EmbeddedFiles
        names.Kids = pikepdf.Array([names])
        del names.Names
        data = saved(pdf)
    with suppress(QmsError):
        assert pdffiles.attached(data, NAME, PATH) is None
