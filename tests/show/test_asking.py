"""The page that tells whether something is in force, in a real browser, without a server."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from playwright import sync_api as playwright

from qms_docs.show import asking
from qms_docs.words.model import Status
from qms_docs.words.publication import PublishedFile, PublishedText
from tests.conftest import BASE, load, tree
from tests.text.test_manifest import text

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
PDF = b"%PDF of yesterday"


def revision(number: int, begin: datetime, end: datetime | None = None) -> PublishedText:
    return replace(
        text(begin, end, title=f"Revision {number} </script><script>alert(1)"),
        file=PublishedFile(
            f"r{number}.pdf", sha256(PDF).hexdigest() if number == 1 else "0" * 64, 1
        ),
        code=f"000{number}-0000-0000",
        ended_by=Status.SUPERSEDED if end else None,
    )


TEXTS = (revision(1, NOW - 9 * DAY, NOW - DAY), revision(2, NOW - DAY), revision(3, NOW + DAY))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[playwright.Page]:
    folder = tmp_path_factory.mktemp("portal")
    policy = load(tree(BASE)).policy
    for language, name in (("en", "verify.html"), ("zh-CN", "verify.zh-CN.html")):
        (folder / name).write_bytes(asking.page(TEXTS, policy, language, "x"))
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = chromium.new_page()
        page.goto((folder / "verify.html").as_uri())
        yield page
        chromium.close()


def said(page: playwright.Page) -> str:
    page.wait_for_selector(".answer:not([hidden])")
    return page.inner_text(".verdict")


def test_a_code_is_answered_for_the_reader_s_own_day(opened: playwright.Page) -> None:
    for typed, verdict in (
        ("0001-0000-0000", "SUPERSEDED since"),
        ("0002 0000 0000", "IN FORCE since"),
        ("ooo3ooooooo o", "NOT YET IN FORCE"),
        ("0009-0000-0000", "UNKNOWN"),
    ):
        opened.fill("#code", typed)
        assert said(opened).startswith(verdict)


def test_what_is_in_force_instead_is_offered(opened: playwright.Page) -> None:
    opened.fill("#code", "0001-0000-0000")
    said(opened)
    assert opened.get_attribute(".more a", "href") == "r2.pdf"


def test_a_file_is_answered_and_goes_nowhere(opened: playwright.Page, tmp_path: Path) -> None:
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    (tmp_path / "old.pdf").write_bytes(PDF)
    opened.fill("#code", "")
    opened.set_input_files("#file", tmp_path / "old.pdf")
    assert said(opened).startswith("SUPERSEDED")
    assert asked == []


def test_the_address_of_a_qr_code_is_the_question(opened: playwright.Page) -> None:
    opened.goto(re.sub(r"#.*", "", opened.url) + "#0002-0000-0000")
    assert said(opened).startswith("IN FORCE")
    opened.goto(opened.url.replace("verify.html", "verify.zh-CN.html"))
    assert said(opened).startswith("有效")


def test_a_title_cannot_leave_its_place(opened: playwright.Page) -> None:
    assert opened.locator("script").count() == 2
    data = json.loads(
        opened.inner_text("#texts", timeout=1000) or opened.text_content("#texts") or ""
    )
    assert len(data["texts"]) == 3
