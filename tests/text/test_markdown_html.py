"""Markdown to HTML: the profile, and nothing that a text could smuggle in."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text import links, markdown


def html(body: str) -> str:
    """Turn a body into HTML; web addresses and anchors are kept, files get another name."""
    return markdown.to_html(body, _link, _image).strip()


def _link(target: str) -> str | None:
    if target.startswith("#") or links.is_web(target):
        return target
    return target.replace(".md", ".pdf") if links.resolve("a/b.md", target) else None


def _image(target: str) -> str | None:
    return f"asset/{target}" if links.resolve("a/b.md", target) else None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("**a** *b* `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>"),
        ("~~old~~", "<p><s>old</s></p>"),
        ("a  \nb", "<p>a<br />\nb</p>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("---", "<hr />"),
        ("```python\n<a>\n```", '<pre><code class="language-python">&lt;a&gt;\n</code></pre>'),
        ("term\n: meaning", "<dl>\n<dt>term</dt>\n<dd>meaning</dd>\n</dl>"),
        (
            "https://example.com, www.example.com",
            '<p><a href="https://example.com">https://example.com</a>, '
            '<a href="http://www.example.com">www.example.com</a></p>',
        ),
        ("a@example.com", '<p><a href="mailto:a@example.com">a@example.com</a></p>'),
        ('[a](x.md "T")', '<p><a title="T" href="x.pdf">a</a></p>'),
        ("![a *b*](x.png)", '<p><img alt="a b" src="asset/x.png" /></p>'),
    ],
)
def test_plain_markup(body: str, expected: str) -> None:
    assert html(body) == expected


def test_a_table_says_how_many_columns_it_has() -> None:
    assert html("| a | b |\n|:--|--:|\n| 1 | 2 |") == (
        '<table class="columns-2">\n<thead>\n<tr>\n'
        '<th style="text-align:left">a</th>\n<th style="text-align:right">b</th>\n'
        "</tr>\n</thead>\n<tbody>\n<tr>\n"
        '<td style="text-align:left">1</td>\n<td style="text-align:right">2</td>\n'
        "</tr>\n</tbody>\n</table>"
    )


@pytest.mark.parametrize(("columns", "wide"), [(7, False), (8, True), (9, True)])
def test_a_table_with_many_columns_is_wide(columns: int, wide: bool) -> None:
    table = html("| a " * columns + "|\n" + "|---" * columns + "|\n\nafter\n")
    assert f"columns-{columns}" in table
    assert ("wide" in table) is wide


def test_a_task_list_has_boxes_that_nobody_can_tick() -> None:
    text = html("- [ ] a\n- [x] b")
    assert text.count('disabled="disabled" type="checkbox"') == 2
    assert text.count('checked="checked"') == 1


def test_footnotes_stand_at_the_end_in_the_order_of_their_use() -> None:
    text = html("a[^two] b[^1] c^[inline]\n\n[^1]: one\n\n[^two]: two\n\n[^unused]: three")
    assert [text.find(note) for note in ("two</p>", "one</p>", "inline</p>")] == sorted(
        text.find(note) for note in ("two</p>", "one</p>", "inline</p>")
    )
    assert '<a href="#fn1" id="fnref1">[1]</a>' in text
    assert '<li id="fn3" class="footnote-item">' in text
    assert "three" not in text
    assert "backref" not in text


@pytest.mark.parametrize("name", ["note", "warning", "adopter"])
def test_a_container_has_its_name_and_perhaps_a_title(name: str) -> None:
    assert html(f"::: {name}\nx\n:::") == f'<div class="container {name}">\n<p>x</p>\n</div>'
    assert html(f"::: {name} 注意 <b> & c\nx\n:::") == (
        f'<div class="container {name}">\n'
        '<p class="container-title">注意 &lt;b&gt; &amp; c</p>\n<p>x</p>\n</div>'
    )


def test_containers_can_stand_in_each_other() -> None:
    assert html(":::: note\n::: warning\nx\n:::\n::::").count("<div") == 2


def test_an_unknown_container_is_text() -> None:
    assert html("::: danger\nx\n:::") == "<p>::: danger\nx\n:::</p>"


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Time limits", "time-limits"),
        ("8.2.1 Requirements, and more!", "821-requirements-and-more"),
        ("投诉，处理（一）", "投诉处理一"),
        ("A_b-c  d", "a_b-c--d"),
        ("`code` *and* [link](x.md)", "code-and-link"),
        ("Überprüfung", "überprüfung"),
        ("№ ½ ²", "-½-²"),
        ("مهلة", "مهلة"),
    ],
)
def test_a_heading_has_the_anchor_that_forges_give_it(heading: str, anchor: str) -> None:
    assert html(f"## {heading}").startswith(f'<h2 id="{anchor}">')


def test_headings_of_one_name_get_different_anchors() -> None:
    text = html("## A\n\n### A\n\n## 目的\n\n## 目的")
    assert [f'id="{anchor}"' in text for anchor in ("a", "a-1", "目的", "目的-1")] == [True] * 4


def test_attributes_are_kept_where_they_are_harmless() -> None:
    image = html('![w](x.png){width="50%" #i lang=fr}')
    assert image == '<p><img alt="w" width="50%" id="i" lang="fr" src="asset/x.png" /></p>'
    assert html("{#a lang=fr}\ntext") == '<p id="a" lang="fr">text</p>'
    assert html("{#a}\n{#投诉 lang=zh-CN}\n- b").startswith('<ul id="投诉" lang="zh-CN">')


@pytest.mark.parametrize(
    "text",
    [
        "{% alert warning %}",
        "`qms`{% icon %}",
        "*a*{}",
        "{ }",
        "{#a} words that count {#b}",
        "{lang=en} words {% end %}",
        "{=}",
        "{.container .approval}",
        "{#a .approval}",
        "`code`{.approval}",
        "`code`{width=3}",
        '{#a onclick="x"}',
        '{style="x"}',
        "{lang=a_b}",
        "{#a%comment%}",
        "{#alone}",
        "text\n\n{#alone lang=en}",
    ],
)
def test_braces_that_hold_no_attributes_are_text(text: str) -> None:
    plain = unescape(re.sub("<[^>]*>", "", html(text)))
    assert re.sub(r"\s+", " ", plain.strip()) == re.sub(r"[`*]", "", text).replace("\n\n", " ")


@pytest.mark.parametrize(
    "text", ["> {#a}", "- b\n\n  {#a}", "::: note\n{#a}\n:::", "{#a}\n[^1]: b"]
)
def test_attributes_that_stand_above_nothing_are_text(text: str) -> None:
    assert "<p>{#a}</p>" in html(text)


def test_a_text_cannot_dress_up_as_a_part_of_the_page() -> None:
    assert html("{.container .approval}\ntext") == "<p>{.container .approval}\ntext</p>"
    assert html("[a](x.md){.approval}") == '<p><a href="x.pdf">a</a>{.approval}</p>'
    assert html('![a](x.png){width="1em"}') == (
        '<p><img alt="a" src="asset/x.png" />{width=&quot;1em&quot;}</p>'
    )


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<div onclick=x>\n\nx\n\n</div>",
        "a <b>c</b> <!-- d --> <?php ?> <![CDATA[x]]>",
        "</p><img src=x onerror=alert(1)>",
        "&#60;script&#62;",
    ],
)
def test_raw_html_is_text(body: str) -> None:
    assert set(_tags(html(body))) <= {"p"}


def test_entities_are_the_characters_that_they_stand_for() -> None:
    assert html("&copy; &amp; &#x6295;") == "<p>© &amp; 投</p>"


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "file:///etc/passwd",
     "vbscript:x", "../../../x.md", "//example.com", "javascript%3Aalert(1)", "&#106;avascript:x"],
)  # fmt: skip
def test_an_address_that_may_not_be_linked_leaves_its_words_only(target: str) -> None:
    assert html(f"[words]({target})") == "<p><a>words</a></p>"
    assert html(f"![words]({target})") == "<p>words</p>"


def test_a_web_address_is_kept_to_the_letter() -> None:
    address = "https://example.com/a%20b?q=a%26b%3D1&x=%E6%8A%95#c"
    assert html(f"[x]({address})") == f'<p><a href="{address.replace("&", "&amp;")}">x</a></p>'


def test_a_file_is_named_plainly() -> None:
    assert html("[x](%E6%8A%95%20a.md)") == '<p><a href="投 a.pdf">x</a></p>'
    assert html("![x](<投 a.png>)") == '<p><img alt="x" src="asset/投 a.png" /></p>'


def test_what_a_link_gets_as_its_address_is_escaped() -> None:
    text = markdown.to_html("[x](y)", lambda _: '"><b>', lambda _: None)
    assert text == '<p><a href="&quot;&gt;&lt;b&gt;">x</a></p>\n'


def test_blocks_say_where_they_stand_if_asked() -> None:
    body = "## A\n\ntext\nmore\n\n- b\n  - c\n\n| d |\n|---|\n| e |\n\n```\nf\n```\n\n> g\n"
    text = markdown.to_html(body, _link, _image, first_line=11)
    lines = re.findall(r'<(\w+)[^>]* data-line="(\d+)"', text)
    assert dict(lines) == {
        "h2": "11", "p": "27", "ul": "17", "li": "17", "table": "19", "thead": "19", "tr": "21",
        "tbody": "21", "code": "23", "blockquote": "27",
    }  # fmt: skip
    assert re.sub(r' data-line="\d+"', "", text).strip() == html(body)


class _Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: dict[str, set[str]] = {}
        self.addresses: list[str] = []
        self.classes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.setdefault(tag, set()).update(name for name, _ in attrs)
        self.classes += [value or "" for name, value in attrs if name == "class"]
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_decl(self, decl: str) -> None:
        self.tags["!"] = set()

    def handle_pi(self, data: str) -> None:
        self.tags["?"] = set()

    def handle_comment(self, data: str) -> None:
        self.tags["!--"] = set()


def _tags(text: str) -> dict[str, set[str]]:
    collector = _Collector()
    collector.feed(text)
    collector.close()
    return collector.tags


_ANYWHERE = {"id", "class", "lang"}
_PLAIN = """h1 h2 h3 h4 h5 h6 p blockquote ul li div section pre em strong s code sup br hr dl dt dd
table thead tbody tr"""
PROFILE = {
    **dict.fromkeys(_PLAIN.split(), _ANYWHERE),
    "th": {*_ANYWHERE, "style"},
    "td": {*_ANYWHERE, "style"},
    "ol": {*_ANYWHERE, "start"},
    "a": {*_ANYWHERE, "href", "title", "width"},
    "img": {*_ANYWHERE, "src", "alt", "title", "width"},
    "input": {"class", "type", "checked", "disabled"},
}
"""Every tag that the profile can make, with its attributes."""
_CLASSES = re.compile(
    r"columns-\d+( wide)?|container (note|warning)|container-title|contains-task-list"
    r"|task-list-item(-checkbox)?|footnote(-ref|s-sep|s|s-list|-item)|language-\S*"
)
_PIECES = st.sampled_from(
    [
        "<script>", "</script>", "<img src=x onerror=a>", "<b onclick=x", "<!--", "-->", "&lt;",
        "&#60;", "[x](", "![x](", "javascript:alert(1)", "data:x", "https://a.b/?\"onx='y'", ")",
        "<", ">", '"', "'", "{onclick=a}", '{#a .b onload="x" style="y"}', "{.c}", "`", "```", "~~",
        "*", "_", "|", "|---|", "\n", "\n\n", "\r", "    ", "::: note ", ":::", "- [ ] ", "- [x]",
        "[^1]", "[^1]: ", "^[", "> ", "# ", "\n: ", "1. ", "www.a.b/<i>", "a@b.c", "投诉",
        "CSC-QP-01", "[r]", "[r]: ", "\\", "\0", "a ",
    ]
)  # fmt: skip
bodies = st.lists(_PIECES, max_size=25).map("".join) | st.text(max_size=60)


@given(bodies)
def test_no_text_makes_a_tag_or_attribute_outside_the_profile(body: str) -> None:
    collector = _Collector()
    collector.feed(html(body))
    collector.close()
    for tag, attributes in collector.tags.items():
        assert tag in PROFILE
        assert attributes <= PROFILE[tag]
    assert all(_CLASSES.fullmatch(name) for name in collector.classes)
    for address in collector.addresses:
        assert links.is_web(address) or not re.match(r"\s*[A-Za-z][A-Za-z0-9+.-]*:|//", address)
