"""Redlines: golden cases in both languages, and what holds for any two texts."""

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text.markdown import to_html
from qms_docs.text.redline import Changes, Fact, Redline, metadata, redline
from qms_docs.text.redline.blocks import VOID, Node, parse

CASES = sorted((Path(__file__).parents[1] / "cases" / "redline").iterdir())


def html(markdown: str) -> str:
    return to_html(markdown, lambda target: target, lambda target: target)


def compare(old: str, new: str) -> Redline:
    return redline(html(old), html(new))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path) -> None:
    found = compare((case / "old.md").read_text("utf-8"), (case / "new.md").read_text("utf-8"))
    expected = (case / "expected.html").read_text("utf-8")
    assert f"<!-- {_told(found.changes)} -->\n{found.html}" == expected


def _told(changes: Changes) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in changes._asdict().items() if number)


# What holds for any two texts.

WORDS = ["agent", "customer", "15", "10", "the", "days", "\u5ba2\u6237", "\u6295\u8bc9", "\u65e5"]
WORDS += ["CSC-QP-11", "**bold**", "*\u91cd\u8981*", "`F2`", "[link](a.md)", "[link](b.md)", "\\"]
WORDS += [
    "`F2 10`{#key}",
    "[link](#agent)",
    "![map](a.png)",
    "![map](b.png)",
    "[^1]",
    "[^2]",
    "&",
    "<b>",
    ".",
    "\u3002",
    "~~old~~",
]
line = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
plain = st.lists(st.sampled_from(WORDS[:8]), min_size=1, max_size=3).map(" ".join)


def _table(rows: list[list[str]]) -> str:
    texts = [f"| {' | '.join(cell.replace('|', '') for cell in row)} |" for row in rows]
    return "\n".join([texts[0], "|---" * len(rows[0]) + "|", *texts[1:]])


def _numbered(rows: list[list[str]]) -> str:
    return _table([[str(number), *row] for number, row in enumerate(rows)])


def _cells(width: int) -> st.SearchStrategy[list[list[str]]]:
    row = st.lists(st.one_of(plain, line), min_size=width, max_size=width)
    return st.lists(row, min_size=1, max_size=4)


tables = st.integers(1, 4).flatmap(_cells)
block = st.one_of(
    line,
    plain.map("## {}".format),
    plain.map("### {}".format),
    st.lists(line, min_size=1, max_size=4).map(lambda items: "- " + "\n- ".join(items)),
    st.lists(line, min_size=1, max_size=4).map(lambda items: "3. " + "\n3. ".join(items)),
    st.lists(line, min_size=2, max_size=3).map(lambda items: "1. " + "\n\n   ".join(items)),
    st.lists(line, min_size=2, max_size=3).map(lambda items: "- [x] " + "\n  - [ ] ".join(items)),
    tables.map(_table),
    tables.map(_numbered),
    st.tuples(plain, line).map("\n: ".join),
    st.lists(plain, max_size=3).map(lambda lines: "```text\n" + "\n  ".join(lines) + "\n```"),
    line.map("::: note Title\n{}\n:::".format),
    line.map("::: warning\n{}\n:::".format),
    line.map("> {}".format),
    line.map("[^1]: {}".format),
    line.map("[^2]: {}".format),
    st.just("---"),
)
text = st.lists(block, max_size=8)


@st.composite
def revisions(draw: st.DrawFn) -> tuple[str, str]:
    """A text and an edited copy of it: blocks moved, left out, put in, words changed."""
    old = draw(text)
    new = list(old)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(new)))
        kind = draw(st.sampled_from(["put in", "leave out", "move", "word", "split", "join"]))
        taken = new[place : place + draw(st.integers(1, 3))]
        if kind == "put in":
            new.insert(place, draw(block))
        elif kind == "leave out":
            del new[place : place + len(taken)]
        elif kind == "move":
            del new[place : place + len(taken)]
            target = draw(st.integers(0, len(new)))
            new[target:target] = taken
        elif kind == "word" and taken:
            new[place] = taken[0].replace(
                draw(st.sampled_from(WORDS)), draw(st.sampled_from(WORDS))
            )
        elif kind == "split" and taken:
            new[place] = taken[0].replace(" ", "\n\n", 1)
        elif taken:
            new[place : place + len(taken)] = [" ".join(taken)]
    return "\n\n".join(old), "\n\n".join(new)


@given(revisions())
def test_both_texts_can_be_read_from_a_redline(pair: tuple[str, str]) -> None:
    old, new = map(html, pair)
    found = redline(old, new)
    assert _is_well_formed(found.html)
    assert _marks_hold_only_text(found.html)
    assert _read(found.html, "old") == _read(old, "old")
    assert _read(found.html, "new") == _read(new, "new")
    assert _anchors(found.html) == _anchors(new)
    assert _targets(found.html) <= _targets(new) | set(_anchors(new))
    assert any(found.changes) or _marks(found.html) <= {"redline-number"}
    assert redline(old, new) == found


@given(text)
def test_a_text_compared_with_itself_has_no_changes(blocks: list[str]) -> None:
    body = html("\n\n".join(blocks))
    assert redline(body, body) == Redline(body, Changes())
    # The same after a look at every block.
    reflowed = redline(f"{body}\n", body)
    assert reflowed.changes == Changes()
    assert _read(reflowed.html, "new") == _read(body, "new")
    assert "<ins" not in reflowed.html
    assert "<del" not in reflowed.html


@given(st.text(), st.text())
def test_any_text_can_be_compared(old: str, new: str) -> None:
    found = compare(old, new)
    assert _is_well_formed(found.html)
    assert _read(found.html, "old") == _read(html(old), "old")
    assert _read(found.html, "new") == _read(html(new), "new")


@given(st.text("<>&'\"/=ab pdivultrhinsdel"), st.text("<>&'\"/=ab pdivultrhinsdel"))
def test_html_that_is_not_ours_does_not_stop_it(old: str, new: str) -> None:
    assert isinstance(redline(old, new), Redline)


class _Strict(HTMLParser):
    """Follows tags that must match; notes what stands in marks."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if {"ins", "del"} & set(self.open):
            self.wrong.append(f"<{tag}> in a mark")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


def _followed(text: str) -> _Strict:
    parser = _Strict()
    parser.feed(text)
    parser.close()
    return parser


def _is_well_formed(text: str) -> bool:
    parser = _followed(text)
    return not parser.open and not any(wrong.startswith("</") for wrong in parser.wrong)


def _marks_hold_only_text(text: str) -> bool:
    return not _followed(text).wrong


def _anchors(text: str) -> list[str]:
    return sorted(node.attrs["id"] for node in parse(text).nodes() if "id" in node.attrs)


def _marks(text: str) -> set[str]:
    nodes = parse(text).nodes()
    return {node.attrs.get("class", "") for node in nodes if node.tag in ("ins", "del")}


def _targets(text: str) -> set[str]:
    """Return the anchors that links lead to."""
    links = (node.attrs.get("href", "") for node in parse(text).nodes())
    return {link[1:] for link in links if link.startswith("#")}


def _read(text: str, side: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the characters and images of the old or the new text with what stands around them."""
    root = parse(text)
    return list(_leaves(root, side, (), _moves(root, "from")))


def _moves(root: Node, direction: str) -> dict[str, Node]:
    return {
        node.attrs["data-move"]: node
        for node in root.nodes()
        if node.attrs.get("data-direction") == direction
    }


def _leaves(
    node: Node, side: str, around: tuple[str, ...], moves: dict[str, Node]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    other = {"old": ("ins", "redline-new"), "new": ("del", "redline-old")}[side]
    if node.tag == other[0] or node.has_class(other[1]):
        return
    direction = node.attrs.get("data-direction")
    if direction and direction == {"old": "from", "new": "to"}[side]:
        return
    if direction == "to":
        for child in _children(moves[node.attrs["data-move"]]):
            yield from _leaves(child, side, around, moves)
        return
    hidden = node.tag in ("ins", "del", "p", "span") or direction is not None
    inner = around if hidden or not node.tag else (*around, node.tag)
    if node.tag in ("img", "input"):
        yield node.attrs.get("src", "") + node.attrs.get("checked", ""), around
    for child in node.children:
        if isinstance(child, str):
            yield from ((char, inner) for char in child if not char.isspace())
        else:
            yield from _leaves(child, side, inner, moves)


def _children(node: Node) -> Sequence[Node]:
    return [child for child in node.children if isinstance(child, Node)]


# What a reader must or must not be told.


def test_a_paragraph_with_other_line_ends_is_unchanged() -> None:
    text = "The agent greets the customer and notes the request."
    assert compare(text, text.replace(" and ", "\nand ")).changes == Changes()


def test_a_line_end_amid_chinese_is_no_space() -> None:
    text = "\u5ba2\u670d\u4ee3\u8868\u8bb0\u5f55\u8bc9\u6c42\u3002"
    assert compare(text, text[:4] + "\n" + text[4:]).changes == Changes()


def test_a_space_that_was_left_out_is_shown() -> None:
    found = compare("at most 5 %", "at most 5%")
    assert found.html == '<p class="changed">at most 5<del> </del>%</p>\n'


def test_a_list_made_loose_is_unchanged() -> None:
    assert compare("- one\n- two", "- one\n\n- two").changes == Changes()


def test_a_list_that_starts_with_another_number_is_a_change() -> None:
    found = compare("3. one\n4. two", "5. one\n6. two")
    assert found.changes == Changes(changed=1)
    assert '<ol start="5" class="changed">' in found.html


def test_items_after_a_deleted_one_keep_their_numbers() -> None:
    found = compare("1. one\n2. two\n3. three\n4. four", "1. one\n2. three\n3. four")
    assert [line for line in found.html.splitlines() if line.startswith("<li")] == [
        "<li>one</li>",
        '<li class="changed redline-deleted" value="2"><del>two</del></li>',
        '<li value="2">three</li>',
        "<li>four</li>",
    ]


def test_other_emphasis_is_told_from_other_words() -> None:
    found = compare("Never ask for it.", "**Never** ask for it.")
    assert found.html == (
        '<p class="changed"><del class="redline-format">Never</del><strong>'
        '<ins class="redline-format">Never</ins></strong> ask for it.</p>\n'
    )


def test_a_link_that_leads_elsewhere_is_a_change() -> None:
    assert compare("See [it](a.md).", "See [it](b.md).").changes == Changes(changed=1)


def test_a_note_made_a_warning_is_shown() -> None:
    found = compare("::: note\nHot.\n:::", "::: warning\nHot.\n:::")
    assert found.changes == Changes(inserted=1, deleted=1)


def test_a_ticked_box_is_shown_beside_the_empty_one() -> None:
    found = compare("- [ ] called", "- [x] called")
    assert found.changes == Changes(changed=1)
    assert found.html.count("<input") == 2


@pytest.mark.parametrize("new", ["1 | call", "1 | call |\n| 2 | answer |\n| 3 | close"])
def test_a_number_that_counts_rows_is_no_change_by_itself(new: str) -> None:
    rows = "| Step | Act |\n|---|---|\n| 1 | answer |\n| 2 | close |"
    found = compare(rows, f"| Step | Act |\n|---|---|\n| {new} |")
    assert found.changes.changed == 0


def test_a_number_that_does_not_count_rows_is_a_change() -> None:
    rows = "| Days | Grade |\n|---|---|\n| 15 | A |\n| 30 | B |"
    assert compare(rows, rows.replace("15", "10")).changes == Changes(changed=1)


def test_a_row_put_in_without_numbering_anew_leaves_the_others_unchanged() -> None:
    rows = "| Step | Act |\n|---|---|\n| 1 | greet |\n| 2 | call the customer |\n"
    new = rows.replace("| 2", "| 2 | call the bank |\n| 2")
    assert compare(rows, new).changes == Changes(inserted=1)


def test_a_link_to_a_footnote_that_went_leads_nowhere() -> None:
    found = compare("a[^1] b[^2]\n\n[^1]: One.\n[^2]: Two.", "a b[^2]\n\n[^2]: Two.")
    assert "<a><del>[1]</del></a>" in found.html
    assert '<a href="#fn1" id="fnref1"><ins class="redline-number">[1]</ins></a>' in found.html


def test_a_text_that_came_from_nothing_is_inserted() -> None:
    assert compare("", "One.\n\n- two").changes == Changes(inserted=2)
    assert compare("One.\n\n- two", "").changes == Changes(deleted=2)


def test_a_long_paragraph_is_compared_in_time() -> None:
    words = [f"word{number * number % 997}" for number in range(20_000)]
    old, new = html(" ".join(words)), html(" ".join(words[::-1]))
    start = process_time()
    redline(old, new)
    assert process_time() - start < 5


def test_many_changed_paragraphs_are_compared_in_time() -> None:
    texts = [" ".join(f"w{place * number % 251}" for place in range(60)) for number in range(600)]
    old, new = html("\n\n".join(texts)), html("\n\n".join(f"New {text}" for text in texts))
    start = process_time()
    assert redline(old, new).changes.changed > 500
    assert process_time() - start < 5


def test_changed_facts_are_listed_in_the_order_of_the_new_ones() -> None:
    old = {"title": "Complaints", "revision": "1", "parent": "CSC-QM-01"}
    new = {"revision": "2", "title": "Complaints", "expires": "2026-12-31"}
    assert metadata(old, new) == (
        Fact("revision", "1", "2"),
        Fact("expires", "", "2026-12-31"),
        Fact("parent", "CSC-QM-01", ""),
    )
