"""Parameters: quoted by name, printed as their value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text import markdown
from qms_docs.words.findings import Place
from qms_docs.words.parameters import Parameter

VALUES = {"limit": "15 days", "evil": "<b>&amp;"}


def html(body: str) -> str:
    return markdown.to_html(
        body, link=lambda target: target, image=lambda target: target, parameter=VALUES.get
    ).strip()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("in {{limit}}.", "<p>in 15 days.</p>"),
        ("in {{ limit }}.", "<p>in 15 days.</p>"),
        ("**{{limit}}**", "<p><strong>15 days</strong></p>"),
        ("投诉{{limit}}内", "<p>投诉15 days内</p>"),
        ("{{evil}}", "<p>&lt;b&gt;&amp;amp;</p>"),
        ("{{unknown}}", "<p>{{unknown}}</p>"),
        ("`{{limit}}`", "<p><code>{{limit}}</code></p>"),
        ("\\{{limit}}", "<p>{{limit}}</p>"),
        ("{limit} {{}} {{a\nb}}", "<p>{limit} {{}} {{a\nb}}</p>"),
        ("![in {{limit}}](a.png)", '<p><img alt="in 15 days" src="a.png" /></p>'),
        ("[in {{limit}}](a.md)", '<p><a href="a.md">in 15 days</a></p>'),
        ("[x](a.md){{limit}}", '<p><a href="a.md">x</a>15 days</p>'),
    ],
)
def test_a_name_is_printed_as_its_value(body: str, expected: str) -> None:
    assert html(body) == expected


def test_a_table_shows_values() -> None:
    assert "<td>15 days</td>" in html("| Limit |\n|---|\n| {{limit}} |")


def test_quotes_are_read_with_their_places() -> None:
    body = "a {{limit}}\n{{ other }} ![{{third}}](x.png)\n\n## {{fourth}}"
    found = markdown.read(body, "a.md", 5).quotes
    assert [(quote.target, str(quote.place), quote.text) for quote in found] == [
        ("limit", "a.md:5:3", ""),
        ("other", "a.md:6:1", ""),
        ("third", "a.md:6:15", ""),
        ("fourth", "a.md:8:4", "heading"),
    ]


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert html(f"{{{{{text}}}}}")


def parameter(value: dict[str, str], unit: dict[str, str]) -> Parameter:
    return Parameter("limit", {"en": "Limit"}, value, unit, "CSC-RS-01", "x", Place("p"), {})


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        ({"": "15"}, {"en": "days", "zh-CN": "日"}, "15\u00a0days", "15日"),
        ({"": "1.10"}, {}, "1.10", "1.10"),
        ({"en": "3 pm", "zh-CN": "15点"}, {}, "3 pm", "15点"),
        ({"": "15"}, {"en": "days"}, "15\u00a0days", None),
        ({"en": "3 pm"}, {}, "3 pm", None),
    ],
)
def test_a_value_is_quoted_with_its_unit_in_the_language_of_the_text(
    value: dict[str, str], unit: dict[str, str], english: str, chinese: str | None
) -> None:
    each = parameter(value, unit)
    assert (each.quoted("en"), each.quoted("zh-CN")) == (english, chinese)
