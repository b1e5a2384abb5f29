"""The page around a document that is being written."""

import base64
import hashlib
import re

import pytest

from qms_docs.show import live, page
from qms_docs.show.live import Sheet
from qms_docs.text.messages import LANGUAGES
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding, Place
from qms_docs.words.printing import PrintJob
from tests.conftest import load

PATH = "procedures/CSC-QP-01.md"
SHEET = Sheet("CSC-QP-01.en", PATH, "Complaint handling", html="a1", pdf="b2")


def shown(sheet: Sheet = SHEET, *findings: Finding, error: QmsError | None = None) -> str:
    return live.sheet_page(sheet, None, findings, error, "en").decode("utf-8")


def finding(path: str, line: int = 7, target: str = "x.png") -> Finding:
    return Finding("QMS504", Place(path, line), "words", {"target": target})


def test_findings_of_the_document_are_on_top_with_their_lines() -> None:
    text = shown(SHEET, finding(PATH, 12), finding("manual/CSC-QM-01.md"))
    assert "Line 12" in text
    assert text.count("QMS504") == 1
    assert "Findings: 1</span>" in text
    assert "Findings in other files: 1" in text
    assert text.index("Line 12") < text.index("<iframe")


def test_without_a_policy_all_findings_are_shown_with_their_files() -> None:
    error = QmsError("unreadable-policy", path="manual/policy.yaml")
    text = shown(SHEET, finding("manual/policy.yaml"), error=error)
    assert "manual/policy.yaml:7" in text
    assert "manual/policy.yaml is not in order" in text
    assert "in other files" not in text
    assert "Below is the last text" in text


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (SHEET, "Nothing to correct."),
        (Sheet("a.en", "a.md"), "There is no page yet"),
        (Sheet("a.en", "a.md", html="x", state="broken"), "Below is the last text"),
        (Sheet("a.en", "a.md", html="x", state="removed"), "The file is no longer there."),
        (Sheet("a.en", "a.md", html="x", printing=True), "The PDF is being made"),
    ],
)
def test_it_says_of_which_text_the_page_is(sheet: Sheet, said: str) -> None:
    assert said in shown(sheet)


def test_a_file_that_is_gone_is_not_said_to_be_in_order() -> None:
    assert "Nothing to correct." not in shown(Sheet("a.en", "a.md", html="x", state="removed"))


def test_where_only_the_pdf_cannot_be_made_the_page_is_of_the_current_text() -> None:
    error = QmsError("render-crashed", name="a", detail="9")
    text = shown(Sheet("a.en", "a.md", html="x", error=error))
    assert "Below is the last text" not in text
    assert "Nothing to correct." not in text
    assert "broke off twice" in text


def test_nothing_that_was_typed_becomes_markup() -> None:
    bad = "<script>alert(1)</script>\"'"
    sheet = Sheet(f"{bad}.en", f"{bad}.md", bad, error=QmsError("no-document", id=bad))
    text = shown(sheet, finding(f"{bad}.md", target=bad))
    assert text.count("<script>") == 1
    assert "alert(1)</script>" not in text


def test_only_our_own_script_may_run() -> None:
    [script] = re.findall(r"<script>(.*?)</script>", shown(), re.S)
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    assert f"script-src 'sha256-{digest}';" in live.policy()
    assert "default-src 'none'" in live.policy()
    assert "unsafe-eval" not in live.policy()


def test_nothing_is_fetched_from_outside() -> None:
    text = shown()
    assert re.findall(r'(?:src|href)="(?!#|\./|data:,)([^"]*)"', text) == []
    assert "http" not in re.sub(r"/\^\(https\?\|mailto\):\$/", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_reader_s_language(language: str) -> None:
    text = live.sheet_page(SHEET, None, [finding(PATH)], None, language).decode("utf-8")
    assert f'<html lang="{language}"' in text
    assert ("第7行" in text) == (language == "zh-CN")


def test_documents_are_named_by_what_they_are_and_broken_ones_by_their_files(
    base: dict[str, bytes],
) -> None:
    named = live.names(load({**base, "procedures/CSC-QP-05.md": b"x", "procedures/a b.de.md": b""}))
    assert named["CSC-QP-01.en"] == PATH
    assert named["CSC-QP-01.zh-CN"] == "procedures/CSC-QP-01.zh-CN.md"
    assert named["CSC-QP-05.en"] == "procedures/CSC-QP-05.md"
    assert named["a b.de"] == "procedures/a b.de.md"


def test_the_list_leads_to_every_document(base: dict[str, bytes]) -> None:
    manual = load({**base, "procedures/a&b#?.md": b"x"})
    text = live.list_page(manual, "en").decode("utf-8")
    assert 'href="CSC-QP-01.en">CSC-QP-01.en</a> Complaint handling' in text
    assert 'href="a%26b%23%3F.en"' in text


def test_the_other_languages_are_one_click_away(base: dict[str, bytes]) -> None:
    text = live.sheet_page(SHEET, load(base), (), None, "en").decode("utf-8")
    assert '<a href="CSC-QP-01.en" aria-current="page">' in text
    assert '<a href="CSC-QP-01.zh-CN">' in text


def test_images_of_a_document_are_pages_beside_it() -> None:
    address = f"{page.ASSET_BASE}abc.PNG"
    job = PrintJob("a.pdf", "a.md", f'<head></head><img src="{address}">', {address: b"image"})
    html, images = live.document_page(job)
    assert b'src="images/abc.PNG"' in html
    assert b"assets.invalid" not in html
    assert images == {"images/abc.PNG": b"image"}


def test_what_cannot_be_made_is_told_in_its_place() -> None:
    text = live.error_page(QmsError("no-commit", revision="HEAD"), "en").decode("utf-8")
    assert "There is no commit HEAD" in text
    assert "<iframe" not in text
