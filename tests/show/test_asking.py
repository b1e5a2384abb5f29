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

from qms_docs.judge import verdicts
from qms_docs.show import asking
from qms_docs.show import verdicts as sentences
from qms_docs.text import codes
from qms_docs.words.copies import CopyState
from qms_docs.words.evidence import Subject
from qms_docs.words.model import Status
from qms_docs.words.publication import PublishedCopy, PublishedFile, PublishedText, Unsigned
from tests.conftest import BASE, load, tree
from tests.outer import environment
from tests.text.test_manifest import controlled, extract, of, text

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
PDF = b"%PDF of yesterday"


def revision(number: int, begin: datetime, end: datetime | None = None) -> PublishedText:
    return replace(
        text(begin, end, title=f"Revision {number} </script><script>alert(1)"),
        file=PublishedFile(
            f"r{number}.pdf", sha256(PDF).hexdigest() if number == 1 else "0" * 64, 1
        ),
        subject=Subject("CSC-QP-01", "en", number, "0" * 64),
        code=f"000{number}-0000-0000",
        ended_by=Status.SUPERSEDED if end else None,
    )


TEXTS = (revision(1, NOW - 9 * DAY, NOW - DAY), revision(2, NOW - DAY), revision(3, NOW + DAY))


def of_another(number: int, ended_by: Status | None) -> PublishedText:
    """Return a text of a document of its own, with digests that nothing else has."""
    name, begin = f"CSC-QP-{number}", NOW - 9 * DAY
    digests = [sha256(f"{name} {what}".encode()).hexdigest() for what in "cfmeu"]
    return replace(
        text(begin, begin + DAY if ended_by else None),
        subject=Subject(name, "en", 1, digests[0]),
        file=PublishedFile(f"{name}.pdf", digests[1], 1),
        master=digests[2],
        earlier=(digests[3],),
        unsigned=Unsigned(digests[4], 1, "0" * 64),
        code=f"00{number}-0000-0000",
        ended_by=ended_by,
    )


EVERY = tuple(
    of_another(number, ended_by)
    for number, ended_by in enumerate(
        (None, Status.SUPERSEDED, Status.WITHDRAWN, Status.EXPIRED), start=10
    )
)

ON_PAPER = b"%PDF with a number"


def copied(data: bytes, state: CopyState, until: datetime | None = None) -> PublishedCopy:
    """Return a controlled copy of what is in force."""
    digest = sha256(data).hexdigest()
    return replace(controlled(state, until), subject=TEXTS[1].subject, sha256=digest)


COPIES = (
    copied(ON_PAPER, CopyState.HELD),
    copied(b"expired", CopyState.HELD, NOW - DAY),
    copied(b"back", CopyState.RETURNED),
)


CARDS = (
    replace(extract(), begin=NOW - DAY),
    replace(extract(NOW), content="56" * 32, code=codes.of_content("56" * 32), earlier=()),
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[playwright.Page]:
    folder = tmp_path_factory.mktemp("portal")
    policy = load(tree(BASE)).policy
    for language, name in (("en", "verify.html"), ("zh-CN", "verify.zh-CN.html")):
        (folder / name).write_bytes(
            asking.page(TEXTS + EVERY, policy, language, "x", COPIES, CARDS)
        )
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
            env=dict(environment(folder)),  # the PDF engine hides the fonts from its own process
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


def test_an_extract_is_current_or_not(opened: playwright.Page) -> None:
    for typed, verdict in (
        (CARDS[0].code, "Current"),
        (CARDS[0].content, "Current"),
        (codes.of_content(CARDS[0].earlier[0]), "Not current"),
        (CARDS[0].earlier[0], "Not current"),
        (CARDS[1].code, "Not current"),
    ):
        opened.fill("#code", typed)
        assert said(opened).startswith(verdict)
        assert opened.get_attribute(".more a", "href") == CARDS[0].file.name


def test_a_file_is_answered_and_goes_nowhere(opened: playwright.Page, tmp_path: Path) -> None:
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    (tmp_path / "old.pdf").write_bytes(PDF)
    opened.fill("#code", "")
    opened.set_input_files("#file", tmp_path / "old.pdf")
    assert said(opened).startswith("SUPERSEDED")
    assert asked == []


def test_a_controlled_copy_is_answered_by_its_text_and_where_it_stands(
    opened: playwright.Page, tmp_path: Path
) -> None:
    cases = (
        (ON_PAPER, "IN FORCE since", "The copy is controlled"),
        (b"expired", "NOT VALID as a controlled copy", "The copy must be returned"),
        (b"back", "NOT VALID as a controlled copy", "The copy was recorded as returned"),
    )
    for number, (data, verdict, state) in enumerate(cases):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(data)
        opened.set_input_files("#file", file)
        playwright.expect(opened.locator(".more")).to_contain_text(state)
        assert said(opened).startswith(verdict)
        title = opened.inner_text(".answer h2")
        assert title.startswith("Controlled copy No 17, held by Front desk · CSC-QP-01 Revision 2")


@pytest.mark.parametrize("published", EVERY, ids=[str(each.ended_by) for each in EVERY])
def test_page_and_command_say_the_same(opened: playwright.Page, published: PublishedText) -> None:
    manifest = of(*TEXTS, *EVERY)
    held = (published.file.sha256, published.build.sha256, published.master, *published.earlier)
    named = (published.code, codes.of_content(published.subject.content))
    for asked in (*named, published.subject.content, *held):
        answer = verdicts.of_digest(asked, manifest, NOW)
        if asked in named:
            answer = verdicts.of_code(asked, manifest, NOW)
        _, sentence, *_ = sentences.lines(answer, None, "en")
        opened.fill("#code", "")
        opened.fill("#code", asked)
        assert said(opened) == sentence.strip()


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
    assert len(data["texts"]) == len(TEXTS + EVERY)
