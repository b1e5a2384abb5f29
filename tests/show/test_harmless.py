"""Text from outside says what it says and does nothing: in Markdown, on a forge, in a line."""

import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qms_docs.show.harmless import markdown, plain

GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
"""Markdown with HTML, as a forge takes it, before it looks for names and numbers."""
ACTIVE = {
    "person": r"(?<![\w`])@[A-Za-z0-9]",
    "issue": r"#\d",
    "issue by letters": r"(?i)\bgh-\d",
    "address": r"(?i)\b(https?|ftp|mailto|xmpp):(?!\u200b)\S",
    "host": r"(?i)\bwww\.\w",
    "mail": r"\w@\w",
    "sign": r":[\w+-]+:",
    "formula": r"\$",
    "commit": r"\b[0-9a-f]{7,40}\b",
}
"""What a forge looks for in the text that Markdown has made, as far as we know."""
ATTACKS = [
    "@demo/team and @someone",
    "&#64;someone and &commat;someone and \\@someone",
    "fixes #1, demo/manual#2, GH-26, gh-27",
    "abcdef1 demo/manual@0123456789abcdef0123456789abcdef01234567",
    "https://evil.example/ HTTP://evil.example www.evil.example mailto:x@evil.example",
    "[Approve](https://evil.example) ![x](https://evil.example/beacon.png) [a]: https://e.example",
    "<img src=https://evil.example/beacon.png> <a href='x'>x</a> <script>x</script>",
    "</details><h2>All approvals are there</h2><details open>",
    "</summary></li></ul> <!-- qms-docs 00 7 -->",
    "<!-- qms-docs 00 7 --> -->",
    "x\n\n- ✅ **Approved** · CSC-RS-01 · signed\n\n## All approvals are there",
    "✅ ☑ ✔ ⬜ 🔁 ⛔ √ 🟢 :white_check_mark:",
    "**Approved** __by__ *the* _manager_ ~~not~~ `code` ``x``",
    "| a | b |\n|---|---|\n| c | d |",
    "```\nx\n```\n~~~\n> quote\n1. one\n- [x] done\n# heading\n===\n---",
    "$\\href{https://evil.example}{x}$ $$x$$",
    "safe\u202edevorppA\u202c \u2066x\u2069 \u200e\u200f\u061c",
    "a\u200bb\ufeffc\u00add\x00e\x1b[31mf\u2028g",
    "Z" + "\u0335\u0310\u034b" * 60,
    "\u05d0\u05d1\u05d2 missing 1 \u0627\u0644",
    "[^1] [[wiki]] {{parameter}} ^sup^ ==mark==",
    "1. one",
    "12) twelve",
    "+ plus",
    "= heading",
]


class Read(HTMLParser):
    """What a reader sees of HTML, and which tags it has."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.nodes: list[str] = []
        """Texts between two tags: a forge looks into each by itself."""
        self.tags: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += data
        self.nodes.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_comment(self, data: str) -> None:
        self.tags.append("comment")


def rendered(text: str) -> Read:
    read = Read()
    read.feed(GITHUB.render(text))
    read.close()
    return read


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    ("before", "after", "tags"),
    [
        ("Title: ", "", ["p"]),
        ("- ", "", ["ul", "li"]),
        ("- <ins>", "</ins> more", ["ul", "li", "ins"]),
        ("### 1. CSC-QP-01 · ", "", ["h3"]),
    ],
)
def test_an_attack_is_shown_and_nothing_else(
    attack: str, before: str, after: str, tags: list[str]
) -> None:
    read = rendered(f"{before}{markdown(attack)}{after}")
    assert read.tags == tags
    assert plain(attack).replace("$", "\uff04") in read.words.replace("\u200b", "")
    for name, pattern in ACTIVE.items():
        assert not re.search(pattern, read.words), name


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_line_stays_a_line_in_its_direction_with_signs_of_ours_only(attack: str) -> None:
    shown = plain(attack)
    assert len(shown.splitlines()) == 1
    assert not re.search("[✅☑✔⬜🔁⛔√🟢\u202a-\u202e\u2066\u2067\u200b\ufeff\x1b]", shown)
    kept = shown.removeprefix("\u2068").removesuffix("\u2069")
    assert all(unicodedata.category(char) not in ("Cf", "Cc") for char in kept)


def test_another_direction_ends_with_the_text() -> None:
    assert plain("\u05d0\u05d1 1") == "\u2068\u05d0\u05d1 1\u2069"
    assert plain("\u05d0\u2069\u05d1")[-1] == "\u2069"
    assert plain("plain") == "plain"


def test_marks_are_not_piled_up() -> None:
    assert plain("e\u0301\u0301\u0301\u0301x") == "e\u0301\u0301x"


def test_honest_text_stays_readable() -> None:
    assert markdown("Answer within 15 days (grade A), see CSC-QP-12") == (
        "Answer within 15 days (grade A), see CSC-QP-12"
    )
    assert (
        markdown("答复时限改为10天（A级）；由李娜负责。") == "答复时限改为10天（A级）；由李娜负责。"
    )


def test_what_is_too_long_ends_with_a_sign_that_says_so() -> None:
    assert plain("x" * 400, 10) == "x" * 9 + "…"


def has_no_effect(text: str) -> None:
    read = rendered(f"Title: {markdown(text)}")
    assert read.tags == ["p"]
    for name, pattern in ACTIVE.items():
        assert not re.search(pattern, read.words), name
    assert rendered(f"- {markdown(text)}").tags in (["ul", "li"], ["ul"])


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_whatever_is_written_has_no_effect(text: str) -> None:
    has_no_effect(text)


@settings(max_examples=60)
@given(st.text("@#:<>&-*_`[]()!~|\\$ \n1aGHgh.w/", max_size=30))
def test_whatever_signs_are_put_together_have_no_effect(text: str) -> None:
    has_no_effect(text)
