"""The page of a pull request: one file that loads nothing, with all changes."""

import re
from html.parser import HTMLParser

import pytest

from qms_docs.show import briefpage
from qms_docs.text import messages
from tests.show import briefsamples
from tests.show.test_harmless import ATTACKS


class Read(HTMLParser):
    """Tags, anchors and addresses of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.addresses.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_two_documents_with_the_same_sections_stand_apart(language: str) -> None:
    html = briefpage.as_html(
        briefsamples.brief(briefsamples.sheet(1), briefsamples.complete(2), language=language)
    )
    read = Read(html)
    assert sorted(read.ids) == ["1-1-limits", "2-1-limits", "sheet-1", "sheet-2"]
    inner = [each.removeprefix("#") for each in read.addresses if each.startswith("#")]
    assert set(inner) <= set(read.ids)
    assert html.startswith("<!DOCTYPE html>")
    assert f'<html lang="{language}">' in html
    assert "default-src 'none'" in html
    assert "{{" not in html


def test_the_whole_redline_is_there() -> None:
    html = briefpage.as_html(briefsamples.brief())
    assert "An answer within <del>15</del><ins>10</ins> days" in html
    assert html.count("<ins>10</ins>") == 2  # in short, and in the text
    assert "The whole text with its changes" in html


def test_links_lead_to_the_web_or_to_a_draft_that_is_there() -> None:
    links = (
        '<a href="CSC-QP-01.en.pdf">a</a> <a href="CSC-QP-99.en.pdf">b</a> '
        '<a href="https://example.com/">c</a> <a href="javascript:x">d</a>'
    )
    new = briefsamples.OLD + f"<p>{links}</p>\n"
    html = briefpage.as_html(
        briefsamples.brief(briefsamples.sheet(alterations=(briefsamples.alteration(new=new),)))
    )
    assert set(Read(html).addresses) == {
        "CSC-QP-01.en.pdf", "https://example.com/", "#1-1-limits",
    }  # fmt: skip


def test_a_new_document_is_shown_as_a_whole() -> None:
    one = briefsamples.alteration(old="")
    whole = type(one)("en", (), one.comparison)
    html = briefpage.as_html(briefsamples.brief(briefsamples.sheet(before=0, alterations=(whole,))))
    assert '<details class="text" open>' in html
    assert "New document, revision 2" in html


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_a_tag_or_an_address(attack: str) -> None:
    found = Read(briefpage.as_html(briefsamples.hostile(attack)))
    honest = Read(briefpage.as_html(briefsamples.hostile("words")))
    assert found.tags == honest.tags
    assert [each for each in found.addresses if each not in honest.addresses] == []
    assert not re.search("[\u202a-\u202e\u2066\u2067]", found.words)
