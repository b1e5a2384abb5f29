"""Fields are replaced, added and removed; every other byte stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text import fields, frontmatter
from qms_docs.text.yamltext import Key
from qms_docs.words.errors import QmsError
from tests.conftest import TYPED

REQUEST: Key = ("change", "request")
BLOCK = """---
id: CSC-QP-01
revision: 3  # three
change:
  class: minor   # why
  reason: "No: limit"
  summary: |
    Step 3
    and 4
# a comment
owner: CSC-RS-02
---
body
---
"""
INLINE = "---\nid: x\nchange: {class: minor, reason: r, summary: s}\nrevision: 1\n---\n"
LAST = "---\nrevision: 1\nchange:\n    class: minor\n    summary: s\n---"


def changed(text: str, values: dict[Key, fields.Value]) -> str:
    return fields.changed(text.encode(), "f.md", values).decode()


def test_a_field_that_is_there_is_replaced() -> None:
    after = changed(BLOCK, {("revision",): 4, ("change", "class"): "major"})
    assert after == BLOCK.replace("revision: 3", "revision: 4").replace("minor", "major")


def test_a_field_is_added_behind_the_last_of_its_group() -> None:
    after = changed(BLOCK, {REQUEST: "issue 7"})
    assert after == BLOCK.replace("and 4\n", "and 4\n  request: issue 7\n")


def test_a_comment_stays_with_its_line() -> None:
    text = LAST.replace("summary: s", "summary: s  # said")
    assert changed(text, {REQUEST: "x"}) == text.replace("# said", "# said\n    request: x")


def test_a_field_is_added_between_braces() -> None:
    after = changed(INLINE, {REQUEST: "issue 7, 8"})
    assert after == INLINE.replace("summary: s", 'summary: s, request: "issue 7, 8"')


def test_windows_line_ends_are_kept() -> None:
    text = BLOCK.replace("\n", "\r\n")
    after = changed(text, {REQUEST: "x", ("revision",): 9})
    assert after.replace("\r\n", "\n") == changed(BLOCK, {REQUEST: "x", ("revision",): 9})
    assert after.count("\r\n") == after.count("\n")


@pytest.mark.parametrize("text", [BLOCK, INLINE, LAST, BLOCK.replace("\n", "\r\n")])
def test_what_was_added_can_be_removed_to_the_byte(text: str) -> None:
    assert changed(changed(text, {REQUEST: "x"}), {REQUEST: None}) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{request: x, class: a}", "{class: a}"),
        ("{class: a, request: x, summary: s}", "{class: a, summary: s}"),
        ("{class: a , request: x }", "{class: a  }"),
        ("{request: x}", "{}"),
    ],
)
def test_a_field_between_braces_is_removed(before: str, after: str) -> None:
    text = f"---\nchange: {before}\nid: x\n---\n"
    assert changed(text, {REQUEST: None}) == text.replace(before, after)


def test_a_field_that_is_not_there_needs_no_removal() -> None:
    assert changed(BLOCK, {REQUEST: None}) == BLOCK


def test_a_long_request_of_many_lines_is_removed() -> None:
    text = BLOCK.replace("# a comment\n", "  request: >\n    a\n    b\n# a comment\n")
    assert changed(text, {REQUEST: None}) == BLOCK


def test_a_data_file_is_yaml_from_top_to_bottom() -> None:
    text = b"# head\nrevision: 1\npeople: {a: {name: A}}\n---"
    data = text.removesuffix(b"---")
    after = fields.changed(
        data, "f", {("revision",): 2, ("change",): "A key"}, split=fields.data_file
    )
    assert after == b"# head\nrevision: 2\nchange: A key\npeople: {a: {name: A}}\n"
    with pytest.raises(QmsError):
        fields.changed(text + b"\nmore: 1", "f", {("revision",): 2}, split=fields.data_file)


@pytest.mark.parametrize(
    "text",
    [
        "no front matter",
        "---\nid: x\n---\n",
        "---\nchange: text\n---\n",
        "---\nchange: [a]\n---\n",
        "---\nchange: {}\n---\n",
        "---\nchange: &a {class: x}\n---\n",
        "---\nchange: {class: {a: b}}\n---\n",
    ],
)
def test_where_nothing_can_be_added_safely_nothing_is(text: str) -> None:
    with pytest.raises(QmsError) as raised:
        changed(text, {REQUEST: "x"})
    assert raised.value.key == "field-not-written"


@given(st.text(TYPED, min_size=1), st.sampled_from([BLOCK, INLINE, LAST]))
def test_any_typed_text_is_added_as_it_is(value: str, text: str) -> None:
    after = changed(text, {REQUEST: value})
    assert frontmatter.split(after.encode(), "f").metadata["change"]["request"] == value  # type: ignore[index]
    assert changed(after, {REQUEST: None}) == text
