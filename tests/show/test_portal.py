"""The pages around the PDFs."""

import json
from html.parser import HTMLParser

from qms_docs.show import page, portal
from tests.conftest import load


class _Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value or "" for name, value in attrs if name in ("href", "src")}


def pages(files: dict[str, bytes], lacking: str = "") -> dict[str, bytes]:
    """Return the pages around the PDFs of a manual, of which one may be lacking."""
    manual = load(files)
    links = {
        (each.id, each.language, each.revision): page.file_name(each)
        for each in manual.documents
        if page.file_name(each) != lacking
    }
    return dict(portal.files(manual, links))


def test_every_language_has_an_index_and_the_register_in_every_format(
    base: dict[str, bytes],
) -> None:
    names = {f"register{mark}.{end}" for mark in ("", ".zh-CN") for end in portal.FORMATS}
    assert pages(base).keys() == {"index.html", "index.zh-CN.html", *names}


def test_every_page_links_only_what_is_published_beside_it(base: dict[str, bytes]) -> None:
    made = pages(base)
    pdfs = {f"CSC-{number}.en.pdf" for number in ("QM-01", "QP-01", "RS-01", "RS-02")}
    beside = {*made, *pdfs, "CSC-QP-01.zh-CN.pdf"}
    for name, data in made.items():
        if name.endswith(".html"):
            local = {link for link in _Links(data.decode()).found if not link.startswith("#")}
            assert local <= beside
    assert pdfs <= _Links(made["index.html"].decode()).found


def test_a_document_without_a_pdf_is_listed_and_not_linked(base: dict[str, bytes]) -> None:
    made = pages(base, lacking="CSC-QP-01.en.pdf")
    for name in ("index.html", "register.html"):
        html = made[name].decode()
        assert "Complaint handling" in html
        assert "CSC-QP-01.en.pdf" not in html
        assert "CSC-QP-01.zh-CN.pdf" in html


def test_the_index_shows_each_document_in_the_reader_s_language(base: dict[str, bytes]) -> None:
    made = pages(base)
    english, chinese = made["index.html"].decode(), made["index.zh-CN.html"].decode()
    assert '<html lang="en">' in english
    assert '<html lang="zh-CN">' in chinese
    assert ">Complaint handling</a>" in english
    assert ">投诉处理程序</a>" in chinese
    assert ">Quality manual</a>" in chinese  # not translated: shown in the master language


def test_a_type_without_documents_has_no_heading(base: dict[str, bytes]) -> None:
    html = pages(base)["index.html"].decode()
    assert "Procedure" in html
    assert "Work instruction" not in html


def test_a_title_is_text_on_the_page(base: dict[str, bytes]) -> None:
    path = "procedures/CSC-QP-01.md"
    text = base[path].replace(b"Complaint handling", b'"<script>x</script>"')
    made = pages({**base, path: text})
    for name in ("index.html", "register.html"):
        assert "<script>x" not in made[name].decode()
        assert "&lt;script&gt;x" in made[name].decode()


def test_pages_are_the_same_to_the_byte_every_time(base: dict[str, bytes]) -> None:
    assert pages(base) == pages(base)


def test_the_register_for_programs_is_that_of_the_list(base: dict[str, bytes]) -> None:
    rows = json.loads(pages(base)["register.json"])
    assert [row["identification"] for row in rows] == [
        "CSC-QM-01", "CSC-QP-01", "CSC-QP-01", "CSC-RS-01", "CSC-RS-02",
    ]  # fmt: skip
