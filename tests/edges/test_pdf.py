"""The PDF engine prints a job, tells what it could not print, and gives the same bytes again."""

import logging
import warnings

import pytest

from qms_docs.edges import pdf
from qms_docs.words.errors import QmsError
from qms_docs.words.printing import Attached, PrintJob
from tests import pdfs
from tests.edges.printing import drawing, image, job, png

# The engine leaves its colour profile open.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014:ResourceWarning")

EVERYTHING = (
    "<p>Text 文字 <b>bold 粗</b> <i>italic</i> <b><i>both</i></b> <code>mono</code> 龘</p>"
    "<p style='font-family: serif'>serif</p><p style='font-family: DejaVu Sans, Arial'>sans</p>"
    + image("svg")
    + image("png")
)
SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">
<text y="20">Text</text><text y="40" font-family="DejaVu Sans, Arial">Other</text></svg>"""


def everything() -> PrintJob:
    return job(EVERYTHING, svg=SVG, png=png(9, 9))


def cases(printed: PrintJob) -> list[str]:
    return [trouble.case for trouble in pdf.render(printed).troubles]


def test_a_sound_document_has_no_troubles() -> None:
    printed = pdf.render(everything())
    assert printed.troubles == ()
    assert (printed.name, printed.path) == ("CSC-QP-12.en.pdf", "procedures/CSC-QP-12.md")
    assert printed.pages == 1
    assert printed.data.startswith(b"%PDF-1.7")


def test_only_shipped_fonts_are_used_whatever_the_text_asks_for() -> None:
    fonts = pdfs.fonts(pdf.render(everything()).data)
    assert len(fonts) >= 4
    assert all(fonts.values()), "a font is not embedded"
    assert [name for name in fonts if not pdfs.OURS.fullmatch(name)] == []


@pytest.mark.parametrize("character", ["\U0010fffd", "\U0001f600", "\u0e01", "\ue000"])
def test_a_character_without_a_glyph_is_told(character: str) -> None:
    troubles = pdf.render(job(f"<p>before {character} after</p>")).troubles
    assert [trouble.case for trouble in troubles] == ["glyph"]
    assert f"U+{ord(character):04X}" in troubles[0].detail
    assert cases(drawing(f"<text y='9'>{character}</text>")) == ["glyph"]


def test_characters_that_are_never_seen_need_no_glyph() -> None:
    assert cases(job("<p>soft\u00adhyphen zero\u200bwidth\u2060 no\u00a0break\u3000wide</p>")) == []


@pytest.mark.parametrize(
    "data",
    [b"", b"no image", png(9, 9)[:40], png(9, 9)[:20] + b"x" * 20, b"<svg"],
    ids=["empty", "text", "cut", "damaged", "open tag"],
)
@pytest.mark.parametrize("extension", ["png", "svg"])
def test_a_broken_image_is_told(data: bytes, extension: str) -> None:
    assert cases(job(image(extension), **{extension: data})) == ["image"]


def test_a_link_to_nowhere_is_told() -> None:
    assert cases(job('<p><a href="#nowhere">text</a></p>')) == ["anchor"]


def test_a_trouble_is_told_once_and_to_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    twice = job("<p>\U0010fffd</p><p>\U0010fffd</p>")
    with caplog.at_level(logging.DEBUG):
        assert cases(twice) == ["glyph"]
        assert cases(job("<p>Text</p>")) == []
    assert not [record for record in caplog.records if record.name == "weasyprint"]


def test_the_same_job_gives_the_same_bytes() -> None:
    first, other, again = (
        pdf.render(item) for item in (everything(), job("<p>x</p>"), everything())
    )
    assert first == again
    assert first.data != other.data


def test_an_attachment_is_in_it_byte_for_byte() -> None:
    source = bytes(range(256)) * 3 + "中文\r\n".encode()
    attached = Attached("CSC-QP-12.zh-CN.md", source, "text/markdown", "Source", "来源 & more")
    printed = pdf.render(PrintJob("a.pdf", "a.md", job("<p>x</p>").html, attachments=(attached,)))
    assert pdfs.attachments(printed.data) == {attached.name: (source, "/Source")}


def test_an_engine_that_gives_up_is_an_error_with_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_: object) -> None:
        raise ValueError("no such thing")

    monkeypatch.setattr(pdf, "_claim_pdf_ua", give_up)
    with pytest.raises(QmsError) as raised:
        pdf.render(job("<p>x</p>"))
    assert raised.value.key == "render-failed"
    assert raised.value.values == {
        "name": "procedures/CSC-QP-12.md",
        "detail": "ValueError: no such thing",
    }


def test_what_decides_the_bytes_is_named() -> None:
    versions = pdf.versions()
    assert set(versions) == {"weasyprint", "pydyf", "pikepdf", "pango", "harfbuzz"}
    assert all(version[0].isdigit() for version in versions.values()), versions


def test_the_engine_starts_without_a_warning() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        pdf.start()
    assert not caught
