"""Characters that do not show, got lost or look like others."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text import characters


def found(text: str) -> list[str]:
    return [
        f"{item.place.line}:{item.place.column} {item.case}"
        for item in characters.check(text, "f.md")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("投诉处理\tZ\u00fcrich\n\n", []),
        ("a\r\nb\r\n", []),
        ("\u0644\u200c\u0627 \U0001f469\u200d\U0001f4bb \u2764\ufe0f", []),
        ("a\nb\u200bc\n", ["2:2 hidden"]),
        ("a\x00\x1b[31m\n\x85", ["1:2 hidden", "2:1 hidden"]),
        ("\u202eabc\u202c", ["1:1 hidden"]),
        ("a\ufeff", ["1:2 hidden"]),
        ("a\U000e0041", ["1:2 hidden"]),
        ("caf\ufffd\n", ["1:4 lost"]),
        ("Zu\u0308rich\nZu\u0308rich Zu\u0308g\n", ["1:2 composed", "2:2 composed"]),
        ("50 \u2126", ["1:4 composed"]),
        ("a\nb\r\nc\n", ["2:1 line-end"]),
        ("a\r\nb\nc\r\n", ["2:1 line-end"]),
        ("a\rb\rc", ["1:1 line-end"]),
        ("a\r\nb\rc\r\n", ["2:1 line-end"]),
    ],
)
def test_each_kind_is_found_once_a_line_and_line_ends_once(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_the_right_form_is_named() -> None:
    finding = next(characters.check("Zu\u0308rich", "f.md"))
    assert finding.values == {"shown": "\u00fc", "typed": "U+0075 U+0308", "right": "U+00FC"}


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cn"])))
def test_a_text_in_the_composed_form_is_left_alone(text: str) -> None:
    composed = unicodedata.normalize("NFC", text).replace("\ufffd", "")
    spaced = "".join(" " if char in "\u2028\u2029" else char for char in composed)
    assert [item for item in found(spaced) if "composed" in item] == []


@given(st.text())
def test_no_text_makes_the_search_fail(text: str) -> None:
    assert all(item.place.column >= 1 for item in characters.check(text, "f.md"))
