"""Markdown to facts: headings, links, images, identifications, anchors, each at its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms_docs.text import markdown
from qms_docs.words.model import Content, Reference
from tests.text.test_markdown_html import bodies


def read(body: str, first_line: int = 1) -> Content:
    return markdown.read(body, "f.md", first_line)


def at(references: tuple[Reference, ...]) -> list[str]:
    return [f"{item.place.line}:{item.place.column} {item.target}" for item in references]


def test_headings_have_level_words_anchor_and_place() -> None:
    headings = read("\n## The `qms` *tool*\n\ntext\n\n目的\n---\n", 10).headings
    assert [(h.level, h.text, h.anchor, h.place.line, h.place.column) for h in headings] == [
        (2, "The qms tool", "the-qms-tool", 11, 1),
        (2, "目的", "目的", 15, 1),
    ]


def test_a_heading_can_have_an_anchor_of_its_own() -> None:
    content = read("{#limits}\n## Time limits\n")
    assert content.headings[0].anchor == "limits"
    assert content.anchors == {"limits"}


def test_anchors_are_everything_that_has_an_id() -> None:
    content = read("## A\n\n## A\n\n{#block}\ntext ![x](y.png){#image}\n\n- {#no}\n")
    assert {"a", "a-1", "block", "image"} <= content.anchors


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_links_are_found_on_their_lines(end: str) -> None:
    body = end.join(
        ["a [b](c.md) [d](e.md)", "f [g](c.md)", "", "- h", "  [i](j.md)", "> [k](l.md#m)"]
    )
    assert at(read(body, 5).links) == [
        "5:7 c.md", "5:17 e.md", "6:7 c.md", "9:7 j.md", "10:7 l.md#m",
    ]  # fmt: skip


def test_links_in_a_table_are_found_in_their_rows() -> None:
    body = "| Role | Does |\n|---|---|\n| [A](a.md) | [B](b.md) |\n| [A](a.md) | [A](a.md) |\n"
    assert at(read(body).links) == ["3:7 a.md", "3:19 b.md", "4:7 a.md", "4:19 a.md"]


def test_links_in_footnotes_and_definitions_are_found() -> None:
    body = "a[^1] b^[c [d](e.md)]\n\n[^1]: f [g](h.md)\n\nterm\n: [i](j.md)\n"
    assert sorted(at(read(body).links)) == ["1:16 e.md", "3:13 h.md", "6:7 j.md"]


def test_a_link_has_its_words() -> None:
    (link,) = read("[Time `limits` of *all*](a.md)").links
    assert link.text == "Time limits of all"


def test_a_link_to_a_file_is_decoded_and_a_web_address_is_not() -> None:
    body = "[a](%E6%8A%95%20b.md) [c](https://example.com/%E6%8A%95) <https://example.com/?q=%26>"
    assert at(read(body).links) == [
        "1:5 投 b.md",
        "1:27 https://example.com/%E6%8A%95",
        "1:59 https://example.com/?q=%26",
    ]


def test_a_link_by_reference_is_found_where_it_is_used() -> None:
    assert at(read("a\nb [c][d]\n\n[d]: e.md\n").links) == ["2:1 e.md"]


def test_dangerous_links_are_seen_and_not_taken_for_text() -> None:
    body = "[a](javascript:x) ![b](file:///c) <data:d>"
    assert at(read(body).links) == ["1:5 javascript:x", "1:36 data:d"]
    assert at(read(body).images) == ["1:24 file:///c"]


def test_images_have_their_words_and_places() -> None:
    images = read("![one](a.png)\n![](b.png)\n\n[![c](a.png)](d.md)\n").images
    assert at(images) == ["1:8 a.png", "2:5 b.png", "4:7 a.png"]
    assert [image.text for image in images] == ["one", "", "c"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("CSC-QP-01", ["1:1 CSC-QP-01"]),
        ("见CSC-QP-01和CSC-FM-12-01表", ["1:2 CSC-QP-01", "1:12 CSC-FM-12-01"]),
        ("(CSC-QP-01), \u201cCSC-QP-02\u201d.", ["1:2 CSC-QP-01", "1:15 CSC-QP-02"]),
        ("CSC-QP-01，CSC-QP-01", ["1:1 CSC-QP-01", "1:11 CSC-QP-01"]),
        ("a\nb CSC-QP-01\nCSC-QP-01", ["2:3 CSC-QP-01", "3:1 CSC-QP-01"]),
        ("| a |\n|---|\n| CSC-QP-01 |", ["3:3 CSC-QP-01"]),
        ("## CSC-QP-01", ["1:4 CSC-QP-01"]),
        ("**CSC-QP-01**", ["1:3 CSC-QP-01"]),
        ("CSC-QP-01.md", ["1:1 CSC-QP-01"]),
        ("`CSC-QP-01`", []),
        ("```\nCSC-QP-01\n```", []),
        ("    CSC-QP-01", []),
        ("[CSC-QP-01](CSC-QP-01.md)", []),
        ("ACSC-QP-001", []),
        ("X-CSC-QP-01", []),
        ("CSC-QP-011", []),
        ("CSC-QP-01a", []),
        ("csc-qp-01", []),
        ("CSC-Q-01", []),
        ("ISO-AB-12", ["1:1 ISO-AB-12"]),
    ],
)
def test_identifications_in_the_text_are_found_and_code_is_left_alone(
    body: str, found: list[str]
) -> None:
    assert at(read(body).mentions) == found


def test_what_is_printed_behind_links_and_images_is_looked_at_too() -> None:
    body = '[a](b.txt "😀") [c](d%F0%9F%99%82.txt)\n![e](f.png "See CSC-QP-12")\n'
    content = read(body, 3)
    assert at(content.unprintable) == ["3:12 😀", "3:1 🙂"]
    assert at(content.mentions) == ["4:17 CSC-QP-12"]
    assert not read("[a](🙂.md#b) [c](https://d/🙂)").unprintable[1:]


def test_characters_without_a_glyph_are_found_where_they_are_printed_first() -> None:
    body = (
        "[word 😀](a-🙂.md) 😀 ![🙃](b.png)\n\n```🤖\ncode ก\n```\n\n::: note 😀 🐝\n"
        "x &#x1F41C;\n:::\n\n[r]: 🙈.md\n"
    )
    assert at(read(body, 3).unprintable) == ["3:7 😀", "6:6 ก", "9:12 🐝", "10:1 🐜"]


def test_tables_have_their_columns() -> None:
    body = "text\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> | a |\n> |---|\n"
    tables = read(body, 3).tables
    assert [(len(table.heading), table.place.line) for table in tables] == [(2, 5), (1, 9)]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("> " * 19 + "deep", []),
        ("> " * 20 + "deep", [1]),
        ("> " * 1000 + "deep", [1]),
        ("\n".join("  " * level + "- deep" for level in range(9)), []),
        ("\n".join("  " * level + "- deep" for level in range(12)), [10]),
        ("\n".join(f"{':' * (30 - level)} note" for level in range(22)), [20]),
    ],
)
def test_blocks_too_deep_to_be_read_are_found(body: str, lines: list[int]) -> None:
    """What is not found is printed: the parser drops text without a word."""
    assert [place.line for place in read(body).nested] == lines
    assert lines or "deep" in markdown.to_html(body, str, str)


def test_an_empty_body_contains_nothing() -> None:
    assert read("") == Content()


@given(bodies)
def test_no_text_makes_the_reader_fail(body: str) -> None:
    content = read(body, 3)
    last = 3 + len(body.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    places = [heading.place for heading in content.headings]
    places += [item.place for item in (*content.links, *content.images, *content.mentions)]
    assert all(3 <= place.line < last and place.column >= 1 for place in places)


FRAGMENTS = (
    "![", "[", "]", "(", ")", "!", "{{", "{", "}}", "p", "[^1]", "[^1]: ", "^[", "x.csv", "x.CSV",
    "x.cs%76", "x&#46;csv", "x.c&#115;v", "x.&Cscr;", "\\", "%", "&", ";", "<", ">", "a.png", "|",
    "\n", "\n\n", "\n- ", "\n> ", "\n    ", "\n|---|\n", "[t]: ", "[t]", "`", "*", ":", "/", " ",
    "\u017f", "\u212a", "\0", "\r", "::: note\n", "\n:::\n", "# ", "&excl;", "&lbrack;",
    "www.x.csv",
)  # fmt: skip


def what(content: Content) -> tuple[list[str], ...]:
    """Return what a body includes, whatever the places."""
    found = (content.images, content.included, content.quotes)
    return tuple([item.target for item in items] for items in found)


@given(bodies)
def test_what_a_body_includes_is_read_alone(body: str) -> None:
    assert what(markdown.included(body, "f.md", 1)) == what(read(body))


@settings(max_examples=1500)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=24).map("".join))
def test_nothing_hides_what_a_body_includes(body: str) -> None:
    assert what(markdown.included(body, "f.md", 1)) == what(read(body))


@pytest.mark.parametrize(
    ("body", "included"),
    [
        ("a ![b](c.png)\n", (["c.png"], [], [])),
        ("a ![b][c]\n\n[c]: d.png\n", (["d.png"], [], [])),
        ("[a](b.csv)\n", ([], ["b.csv"], [])),
        ("[a](b%2Ec%73v)\n", ([], ["b.csv"], [])),
        ("[a](b&period;c&#x73;v)\n", ([], ["b.csv"], [])),
        ("[a]\n\n[a]: b.CSV\n", ([], ["b.CSV"], [])),
        ("{{a}} ![{{b}}](c.png)\n", (["c.png"], [], ["a", "b"])),
        ("a[^1]\n\n[^1]: ![b](c.png)\n", (["c.png"], [], [])),
        ("a\n\n[^1]: ![b](c.png)\n", ([], [], [])),
        ("a ^[b {{c}}]\n", ([], [], ["c"])),
        ("`![a](b.png)` \\![a](b.png) [a](b.csvx)\n", ([], [], [])),
    ],
)
def test_what_is_included(body: str, included: tuple[list[str], ...]) -> None:
    assert what(markdown.included(body, "f.md", 1)) == what(read(body)) == included


def test_no_other_letter_becomes_one_of_a_table() -> None:
    letters = (chr(code) for code in range(128, 0x110000))
    assert not [letter for letter in letters if set(letter.lower()) & set("csv.%&!{[")]


def test_what_the_adopter_must_set_is_known_by_its_heading() -> None:
    found = read("::: adopter 热线号码\nx\n:::\n\n::: note\n::: adopter\ny\n:::\n", 5).adopter
    assert [(each.place.line, each.text) for each in found] == [(5, "热线号码"), (10, "")]
