"""Front matter: taken apart with everything wrong at its place, rewritten to the byte."""

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qms_docs.text import frontmatter, yamltext
from qms_docs.text.frontmatter import FrontMatter
from qms_docs.words.errors import QmsError
from tests.conftest import TYPED

GOOD = "---\nid: CSC-QP-01\ntitle: 投诉处理\n---\n\n## Purpose\n"


def split(text: str | bytes) -> FrontMatter:
    return frontmatter.split(text.encode() if isinstance(text, str) else text, "f.md")


def problems(text: str | bytes) -> list[str]:
    findings = split(text).findings
    return [f"{item.place.line}:{item.place.column} {item.case}" for item in findings]


def test_a_file_is_taken_apart() -> None:
    front = split(GOOD)
    assert front.metadata == {"id": "CSC-QP-01", "title": "投诉处理"}
    assert front.body == "\n## Purpose\n"
    assert front.body_line == 5
    assert front.findings == ()


def test_places_count_from_the_first_line_of_the_file() -> None:
    places = split(GOOD).places
    assert (places["title",].path, places["title",].line, places["title",].column) == ("f.md", 3, 1)


def test_windows_line_ends_change_nothing_but_the_body() -> None:
    front, plain = split(GOOD.replace("\n", "\r\n")), split(GOOD)
    assert front.metadata == plain.metadata
    assert front.places == plain.places
    assert front.body_line == plain.body_line
    assert front.body == "\r\n## Purpose\r\n"


def test_a_rule_in_the_body_is_no_fence() -> None:
    assert split(GOOD + "\n---\nid: other\n---\n").metadata["id"] == "CSC-QP-01"


def test_spaces_after_a_fence_do_not_show_and_do_not_count() -> None:
    assert split("--- \t\nid: x\n---  \nbody").metadata == {"id": "x"}


def test_a_file_may_end_at_the_fence() -> None:
    front = split("---\nid: x\n---")
    assert (front.metadata, front.body, front.body_line) == ({"id": "x"}, "", 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:1 missing"]),
        ("# Complaints\n", ["1:1 missing"]),
        ("\n---\nid: x\n---\n", ["1:1 missing"]),
        ("----\nid: x\n----\n", ["1:1 missing"]),
        (" ---\nid: x\n---\n", ["1:1 missing"]),
        ("+++\nid = 'x'\n+++\n", ["1:1 missing"]),
        ("---\rid: x\r---\r", ["1:1 missing"]),
        ("---\nid: x\n", ["1:1 unclosed"]),
        ("---", ["1:1 unclosed"]),
        ("---\nid: x\n----\n", ["1:1 unclosed"]),
        ("---\n---\n", ["2:1 mapping"]),
        ("---\n# only a comment\n---\n", ["2:1 mapping"]),
        ("---\n- x\n---\n", ["2:1 mapping"]),
        ("---\njust text\n---\n", ["2:1 mapping"]),
        ("---\nid: x\nid: y\n...\nz\n---\n", ["3:1 duplicate", "5:1 syntax"]),
        ("---\nid: x: y\n---\n", ["2:6 syntax"]),
        ("---\nid: \0\n---\n", ["2:5 character"]),
        (b"---\r\ntitle: \xcd\xb6\xcb\xdf\r\n---\r\n", ["2:1 encoding"]),
        (b"---\nid: x\n---\n\nbody \xff\n", ["5:1 encoding"]),
        ("---\nid: x\n---\n".encode("utf-16"), ["1:1 encoding"]),
        ("\ufeff" + GOOD, ["1:1 bom"]),
    ],
)
def test_a_file_that_is_not_in_order_is_refused_at_the_right_place(
    text: str | bytes, expected: list[str]
) -> None:
    assert problems(text) == expected


def test_the_byte_that_is_no_text_is_named() -> None:
    assert split(b"---\ntitle: \xff\n---\n").findings[0].values == {"byte": "0xff"}


def test_a_file_that_is_refused_has_no_fields_and_no_body() -> None:
    front = split(GOOD.replace("title:", "title: a:"))
    assert (front.metadata, front.body, front.places) == ({}, "", {})


@given(st.binary())
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    frontmatter.split(data, "f.md")


@given(st.binary(), st.sampled_from([b"\n", b"\r\n"]))
def test_no_bytes_between_fences_make_the_reader_fail(data: bytes, end: bytes) -> None:
    frontmatter.split(b"---" + end + data + end + b"---" + end, "f.md")


def rewrite(text: str, key: yamltext.Key, value: str | int) -> str:
    return frontmatter.rewrite(text.encode(), "f.md", key, value).decode()


STYLED = """---
# who
id: CSC-QP-01 # ours
title: "投诉: 处理"
owner: 'it''s'
revision:   3
change: {class: major, reason: First issue, summary: }
reviewers: [CSC-RS-01, CSC-RS-02]
parent:
note: |
  two
  lines

last: >-
  folded
  text
---
revision: 3
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        (("revision",), 4, "revision:   3\nchange", "revision:   4\nchange"),
        (("id",), "CSC-QP-02", "id: CSC-QP-01 # ours", "id: CSC-QP-02 # ours"),
        (("title",), "新标题", '"投诉: 处理"', "新标题"),
        (("title",), "a: b", '"投诉: 处理"', '"a: b"'),
        (("owner",), "CSC-RS-01", "'it''s'", "CSC-RS-01"),
        (("change", "class"), "minor", "{class: major,", "{class: minor,"),
        (("change", "reason"), "a, b}", "First issue", '"a, b}"'),
        (("reviewers", 1), "CSC-RS-09", "CSC-RS-02]", "CSC-RS-09]"),
        (("parent",), "CSC-QM-01", "parent:\n", "parent: CSC-QM-01\n"),
        (("note",), "one line", "|\n  two\n  lines\n", "one line\n"),
        (("last",), "x", ">-\n  folded\n  text\n", "x\n"),
    ],
)
def test_one_value_is_replaced_and_every_other_byte_kept(
    key: yamltext.Key, value: str | int, old: str, new: str, end: str
) -> None:
    before, after = (text.replace("\n", end) for text in (STYLED, STYLED.replace(old, new)))
    assert after != before
    assert rewrite(before, key, value) == after


@pytest.mark.parametrize(
    "key", [("nothing",), ("change",), ("reviewers",), ("reviewers", 7), ("title", 0), ()]
)
def test_only_a_single_value_that_is_there_can_be_replaced(key: yamltext.Key) -> None:
    with pytest.raises(QmsError) as error:
        rewrite(STYLED, key, "x")
    assert error.value.key == "no-such-field"


def test_a_file_that_cannot_be_read_is_not_rewritten() -> None:
    with pytest.raises(QmsError) as error:
        rewrite("---\na: 1\na: 2\n---\n", ("a",), 3)
    assert error.value.key == "no-such-field"


def test_what_cannot_be_replaced_alone_is_not_replaced_at_all() -> None:
    with pytest.raises(QmsError) as error:
        rewrite("---\n? revision\n: \n---\n", ("revision",), "\x1b")
    assert error.value.key == "field-not-written"


_TEXTS = st.text(alphabet=TYPED, max_size=20)
_QUOTES: dict[str, Callable[[str], str]] = {
    "single": lambda text: "'" + text.replace("'", "''") + "'",
    "double": frontmatter.typed,
    "block": lambda text: "|-\n  " + text,
}


@st.composite
def front_matters(draw: st.DrawFn) -> tuple[str, str]:
    """Return a file with a front matter in several styles, and the key of one of its fields."""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = []
    for number in range(draw(st.integers(1, 5))):
        value = draw(st.text(alphabet="ab 投1:#-'\"", max_size=8)).strip() or "x"
        style = draw(st.sampled_from(["single", "double", "block", "flow", "comment"]))
        if style == "flow":
            lines.append(f"k{number}: {{x: 1,   y: {_QUOTES['single'](value)} }}  # {value}")
        elif style == "comment":
            lines += [f"# {value}", f"k{number}:   {_QUOTES['single'](value)} # {value}", ""]
        else:
            lines.append(f"k{number}: {_QUOTES[style](value)}")
    key = draw(st.sampled_from([line.split(":")[0] for line in lines if line.startswith("k")]))
    return "\n".join(["---", *lines, "---", "body", ""]).replace("\n", end), key


@given(front_matters(), st.one_of(_TEXTS, st.integers(0, 10**14)))
def test_the_new_value_reads_back_and_the_others_stay(
    made: tuple[str, str], value: str | int
) -> None:
    text, field = made
    before = split(text)
    assume(not before.findings)
    flow = isinstance(before.metadata[field], dict)
    key: yamltext.Key = (field, "y") if flow else (field,)
    changed = rewrite(text, key, value)
    after = split(changed)
    read_back = after.metadata[field]["y"] if flow else after.metadata[field]  # type: ignore[index]
    assert read_back == value
    start, stop = before.spans[key]
    assert changed.startswith(text[:start])
    assert changed.endswith(text[stop:])
    rest = {name for name in before.metadata if name != field}
    assert {name: after.metadata[name] for name in rest} == {
        name: before.metadata[name] for name in rest
    }


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (7, "7"),
        ("Complaint handling", "Complaint handling"),
        ("投诉处理", "投诉处理"),
        ("8.7", '"8.7"'),
        ("no", "no"),
        ("true", '"true"'),
        ("null", '"null"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        (" a", '" a"'),
        ("a ", '"a "'),
        ("", '""'),
        ('say "yes"', r'"say \"yes\""'),
        ("a\\b", r'"a\\b"'),
        ("a\nb", r'"a\U0000000ab"'),
        ("a\u3000b", r'"a\U00003000b"'),
    ],
)
def test_a_value_is_typed_as_a_person_would(value: str | int, written: str) -> None:
    assert frontmatter.typed(value) == written


@given(_TEXTS)
def test_any_typed_text_reads_back(value: str) -> None:
    assert yamltext.read(f"a: {frontmatter.typed(value)}", "f", "QMS101").value == {"a": value}
    assert yamltext.read(f"{{a: {frontmatter.typed(value)}}}", "f", "QMS101").value == {"a": value}
