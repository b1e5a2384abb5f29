"""What a reader of the printed drafts holds in hand: every page of every document."""

import hashlib
import json
import re
from pathlib import Path

import pikepdf
import pytest

from qms_docs.text import facts
from tests import pdfs
from tests.conftest import BASE, tree
from tools.pdf_conformance import Verdict, validate_all

DOCUMENTS = {
    "CSC-QM-01.en.pdf": ("manual/CSC-QM-01.md", "Quality manual", 1),
    "CSC-QP-01.en.pdf": ("procedures/CSC-QP-01.md", "Complaint handling", 2),
    "CSC-QP-01.zh-CN.pdf": ("procedures/CSC-QP-01.zh-CN.md", "投诉处理程序", 2),
    "CSC-RS-01.en.pdf": ("manual/roles/CSC-RS-01.md", "General Manager", 1),
    "CSC-RS-02.en.pdf": ("manual/roles/CSC-RS-02.md", "Quality Manager", 1),
}
"""Name of the PDF → its source, title and revision."""
AROUND = {
    ".qms-output",
    "manifest.json",
    *(f"{name}{mark}.html" for name in ("index", "register") for mark in ("", ".zh-CN")),
    *(f"register{mark}.{kind}" for mark in ("", ".zh-CN") for kind in ("csv", "xlsx", "json")),
}


@pytest.fixture
def out(printed: Path) -> Path:
    """Return the folder of the printed manual."""
    return printed / "out"


def test_the_folder_holds_all_and_nothing_else(out: Path) -> None:
    assert set(tree(out)) == {*DOCUMENTS, *AROUND}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_page_says_what_it_belongs_to_and_that_it_is_a_draft(out: Path, name: str) -> None:
    pages = pdfs.pages(out / name)
    _, title, revision = DOCUMENTS[name]
    chinese = ".zh-CN." in name
    assert len(pages) >= (3 if name == "CSC-QP-01.en.pdf" else 1)
    for number, page in enumerate(pages, start=1):
        assert name.split(".")[0] in page
        assert title in page
        assert (f"修订号 {revision}" if chinese else f"Revision {revision}") in page
        assert ("草稿" if chinese else "DRAFT") in page
        assert ("打印件不受控" if chinese else "Uncontrolled when printed") in page
        counted = f"第{number}页 共{len(pages)}页" if chinese else f"Page {number} of {len(pages)}"
        assert counted in page


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_mark_behind_the_text_is_on_every_page(out: Path, name: str) -> None:
    mark = "草稿DRAFT样本SPECIMEN" if ".zh-CN." in name else "DRAFT草稿SPECIMEN样本"
    for page in pdfs.pages(out / name, "-raw"):
        assert mark in page.replace(" ", "")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_claims_an_approval(out: Path, name: str) -> None:
    text = " ".join(pdfs.pages(out / name))
    for word in ("未编制", "未审核", "未批准", "未发布") if ".zh-CN." in name else (
        "not prepared", "not reviewed", "not approved", "not released"
    ):  # fmt: skip
        assert word in text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_text_of_the_source_can_be_read_from_it(out: Path, name: str) -> None:
    text = "".join(pdfs.pages(out / name)).replace(" ", "")
    body = tree(BASE)[DOCUMENTS[name][0]].decode("utf-8").split("---\n", 2)[2]
    for line in body.splitlines():
        plain = re.sub(r"!?\[([^]]*)\]\([^)]*\)", r"\1", line)
        words = [re.sub(r"^[#|\-\s]+", "", cell) for cell in plain.split("|")]
        for cell in words if "![" not in line else ():
            assert cell.replace(" ", "") in text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_source_is_inside_byte_for_byte(out: Path, name: str) -> None:
    path = DOCUMENTS[name][0]
    source = (out.parent / "manual" / "repo" / path).read_bytes()
    inside = pdfs.attachments((out / name).read_bytes())
    assert inside[Path(path).name] == (source, "/Source")
    told = facts.read(inside[facts.NAME][0])
    assert told is not None
    assert (told.release, f"{told.id}.{told.language}.pdf") == ("", name)  # nobody released it


@pytest.mark.parametrize("name", DOCUMENTS)
def test_only_shipped_fonts_are_in_it(out: Path, name: str) -> None:
    fonts = pdfs.fonts((out / name).read_bytes())
    assert fonts
    assert all(fonts.values())
    assert [font for font in fonts if not pdfs.OURS.fullmatch(font)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_is_a_sound_file_with_a_title_and_a_language(out: Path, name: str) -> None:
    assert pdfs.complaints(out / name) == ""
    with pikepdf.open(out / name) as pdf:
        identification, language, _ = name.split(".")
        assert str(pdf.Root.Lang) == language
        with pdf.open_metadata() as facts:
            assert facts["dc:title"] == f"{identification} {DOCUMENTS[name][1]}"
            assert (facts["pdfaid:part"], facts["pdfaid:conformance"]) == ("3", "A")
            assert facts["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
            assert "xmp:CreateDate" not in facts  # no clock


def test_it_keeps_the_promises_of_pdf_a_and_pdf_ua(out: Path) -> None:
    files = [out / name for name in DOCUMENTS if "QP" in name or "QM" in name]
    verdicts = [verdict for verdict in validate_all(files) if isinstance(verdict, Verdict)]
    assert len(verdicts) == 2 * len(files)
    assert [str(verdict) for verdict in verdicts if not verdict.conforms] == []
    assert all(verdict.checks > 100 for verdict in verdicts)


def test_links_between_documents_lead_to_their_files(out: Path) -> None:
    with pikepdf.open(out / "CSC-QM-01.en.pdf") as pdf:
        links = [
            str(note.A.get("/URI", note.A.get("/F", "")))
            for page in pdf.pages
            for note in page.get("/Annots", ())
            if note.Subtype == "/Link" and "/A" in note
        ]
    assert [link for link in links if "CSC-QP-01.en.pdf" in link]


def test_the_manifest_tells_what_was_made_of_what_and_by_what(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert (manifest["status"], manifest["source"]) == ("draft", "work tree")
    assert {"pango", "harfbuzz", "weasyprint", "pydyf", "qms-docs"} <= set(manifest["tools"])
    files = {item["name"]: item for item in manifest["files"]}
    assert set(files) == set(DOCUMENTS)
    for name, item in files.items():
        data = (out / name).read_bytes()
        source = (out.parent / "manual" / "repo" / item["source"]).read_bytes()
        assert item["sha256"] == hashlib.sha256(data).hexdigest()
        assert item["content"]["text"] == hashlib.sha256(source).hexdigest()
        assert item["content_digest"] in "".join(pdfs.pages(out / name)).replace(" ", "")
        assert (item["bytes"], item["pages"]) == (len(data), len(pdfs.pages(out / name)))
        assert (item["source"], item["revision"]) == (DOCUMENTS[name][0], DOCUMENTS[name][2])


def test_every_page_of_the_portal_links_only_to_what_is_there(out: Path) -> None:
    for page in out.glob("*.html"):
        addresses = re.findall(r'(?:href|src)="([^"#:]+)"', page.read_text("utf-8"))
        assert addresses
        assert [address for address in addresses if not (out / address).is_file()] == []
    index = (out / "index.html").read_text("utf-8")
    assert all(f'"{name}"' in index for name in DOCUMENTS)
