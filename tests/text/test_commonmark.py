"""The profile against every example of CommonMark 0.31.2, and the exceptions against the docs."""

import re

import pytest
from markdown_it import MarkdownIt

from qms_docs.text import markdown
from tests.outer import PROJECT
from tests.text.commonmark import Example, examples, meaning

EXAMPLES = examples()
_PAGE = (PROJECT / "docs" / "markdown.md").read_text("utf-8")
_SECTION = _PAGE.split("## Departures from CommonMark\n")[1].split("\n## ")[0]


def documented(row: str) -> set[int]:
    """Return the numbers of examples in the rows of the documentation that hold a text."""
    rows = [line for line in _SECTION.splitlines() if line.startswith("|") and row in line]
    assert rows
    found: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:\u2013(\d+))?", "".join(r.split("|")[1] for r in rows)):
        found.update(range(int(first), int(last or first) + 1))
    return found


def needs_raw_html(example: Example) -> bool:
    """Ask a parser that reads HTML whether there is any."""
    tokens = MarkdownIt("commonmark").parse(example.markdown)
    children = [child for token in tokens for child in token.children or []]
    return any(token.type in ("html_block", "html_inline") for token in [*tokens, *children])


def passes(example: Example) -> bool:
    html = markdown.to_html(example.markdown, lambda address: address, lambda address: address)
    return meaning(html) == meaning(example.html)


def test_the_specification_is_whole() -> None:
    assert len(EXAMPLES) == 652


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example.number))
def test_an_example_gives_what_the_specification_says_unless_the_docs_name_it(
    example: Example,
) -> None:
    assert passes(example) == (example.number not in documented("|"))


def test_the_docs_say_rightly_which_examples_need_raw_html() -> None:
    html = {example.number for example in EXAMPLES if needs_raw_html(example)}
    assert documented("HTML") == {n for n in html if not passes(EXAMPLES[n - 1])}
    assert documented("|") - html == documented("bare")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a</p>", "<p>b</p>"),
        ("<p>a</p>", "<p>a</p><p></p>"),
        ("<p><em>a</em> b</p>", "<p><em>a</em>b</p>"),
        ("<pre>a  b</pre>", "<pre>a b</pre>"),
        ("<pre>a\n</pre>", "<pre>a</pre>"),
        ('<a href="x">a</a>', '<a href="y">a</a>'),
        ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>"),
        ('<ol start="2"><li>a</li></ol>', "<ol><li>a</li></ol>"),
    ],
)
def test_the_comparison_sees_what_readers_see(one: str, other: str) -> None:
    assert meaning(one) != meaning(other)


def test_the_comparison_overlooks_what_readers_do_not_see() -> None:
    assert meaning('<h2 id="a">A</h2>\n<p>b\nc</p>') == meaning("<h2>A</h2><p>b c</p>")
