"""What paper does not show by itself stands behind the words it belongs to."""

import pytest

from qms_docs.text import markdown


def paper(body: str) -> str:
    """Turn a body into HTML for paper: only web addresses and `.md` files can be followed."""
    html = markdown.to_html(body, _link, _image, table=_table, on_paper=True)
    return html.strip().removeprefix("<p>").removesuffix("</p>")


def _link(target: str) -> str | None:
    return target if target.startswith("https:") or target.endswith(".md") else None


def _image(target: str) -> str | None:
    return target if target == "a.png" else None


def _table(target: str) -> tuple[tuple[str, ...], ...] | None:
    return (("Grade",), ("1",)) if target == "limits.csv" else None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[words](b.txt)", "<a>words</a> (b.txt)"),
        ("[*the* `file`](a%20b.txt#c) x", "<a><em>the</em> <code>file</code></a> (a b.txt#c) x"),
        ("[b.txt](b.txt)", "<a>b.txt</a>"),
        ("[a](../b) [c](d)", "<a>a</a> (../b) <a>c</a> (d)"),
        ("[a](file:///etc/passwd)", "<a>a</a> (file:///etc/passwd)"),
        ("[a](<x\"'&y>)", "<a>a</a> (x&quot;'&amp;y)"),
        ("[words](b.md)", '<a href="b.md">words</a>'),
        ("[words](https://a.b)", '<a href="https://a.b">words</a>'),
        ("[](b.md)", '<a href="b.md">b.md</a>'),
        ("[](b.txt)", "<a>b.txt</a>"),
        ("[![](a.png)](b.md)", '<a href="b.md"><img alt="" src="a.png" /></a>'),
    ],
)
def test_an_address_that_cannot_be_followed_stands_behind_the_words(
    body: str, expected: str
) -> None:
    assert paper(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('[a](b.md "T")', '<a title="T" href="b.md">a</a> (T)'),
        ('[a](b.txt "T & <U>")', '<a title="T &amp; &lt;U&gt;">a</a> (T &amp; &lt;U&gt;, b.txt)'),
        ('[The T](b.md "T")', '<a title="T" href="b.md">The T</a>'),
        ('[a][r]\n\n[r]: b.md "T"', '<a title="T" href="b.md">a</a> (T)'),
        ('![a](a.png "T")', '<img alt="a" title="T" src="a.png" />'),
        ('![a](a.png "T") x', '<img alt="a" title="T" src="a.png" /> (T) x'),
        ('![a](a.png "a") x', '<img alt="a" title="a" src="a.png" /> (a) x'),
        ('![a](gone.png "T")', "a (T)"),
    ],
)
def test_a_title_stands_behind_a_link_or_an_image_but_a_figure_keeps_it(
    body: str, expected: str
) -> None:
    assert paper(body) == expected


def test_an_image_in_a_list_is_no_figure() -> None:
    assert "(T)</li>" in paper('- ![a](a.png "T")')


def test_the_title_of_an_included_table_stands_in_its_caption() -> None:
    caption = paper('[Limits](limits.csv "of 2026")').partition("\n")[0]
    assert caption == '<p class="table-caption">Limits (of 2026)</p>'
