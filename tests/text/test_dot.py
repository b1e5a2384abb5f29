"""Graphviz' language is written anew: what it means to draw stays, what reaches out goes."""

import pytest

from qms_docs.text.diagrams import dot
from qms_docs.words.diagrams import DiagramError


def plain(source: str) -> str:
    """Return what is written, without the house's defaults."""
    written = dot.plain(source)
    before, _, after = written.partition("{ graph [")
    return before + "{" + after.partition("]; ")[2]


@pytest.mark.parametrize(
    "source",
    [
        "digraph{}",
        'digraph "\u4e2d\u6587" { a -> b -> {c d} [label="x -> \\"y\\"" color=red]; }',
        "strict graph {\n a -- b:n\n subgraph cluster_1 { rank=same; c }\n}",
        "digraph { \u7532 -> \u4e59 [label=\u662f, weight=-1.5] }",
    ],
)
def test_what_can_be_drawn_stays_as_it_is(source: str) -> None:
    assert plain(source) == source


@pytest.mark.parametrize(
    "name",
    ["URL", "href", "edgehref", "tooltip", "target", "id", "class", "fontname", "fontnames",
     "charset", "size", "layers", "comment", "colorscheme", "layout", '"U\\\nRL"', "nslimit"],
)  # fmt: skip
def test_what_has_no_meaning_on_paper_is_left_out(name: str) -> None:
    written = plain(f'digraph {{ a [{name} = "javascript:x", label=b] }}')
    assert "javascript" not in written
    assert "label=b" in written


@pytest.mark.parametrize(
    "source",
    [
        'digraph {\n a [image="/etc/passwd"]\n}',
        'digraph {\n a ["image" = x]\n}',
        "digraph {\n node [shapefile=x]\n}",
        "digraph {\n imagepath /* x */ = x\n}",
        'digraph {\n _background="c 7 -#ff0000"\n}',
        "digraph {\n stylesheet=x\n}",
    ],
)
def test_a_name_of_a_file_is_an_error(source: str) -> None:
    with pytest.raises(DiagramError) as raised:
        dot.plain(source)
    assert (raised.value.key, raised.value.line) == ("diagram-file", 2)


@pytest.mark.parametrize(
    ("source", "key", "line"),
    [
        ("digraph {\n a [label=<b>]\n}", "diagram-html", 2),
        ('digraph {\n\n "im"+"age"=x }', "diagram-syntax", 3),
        ('digraph {\n a -> "b\n}', "diagram-syntax", 2),
        ("digraph {\n a ? b }", "diagram-syntax", 2),
    ],
)
def test_what_is_not_understood_is_told_with_its_line(source: str, key: str, line: int) -> None:
    with pytest.raises(DiagramError) as raised:
        dot.plain(source)
    assert (raised.value.key, raised.value.line) == (key, line)


def test_lines_stay_where_they_are() -> None:
    source = '# first\ndigraph { // x\n/* a\n b */ a [URL="x\ny"]\n b\n}'
    written = dot.plain(source).split("\n")
    assert len(written) == len(source.split("\n"))
    assert written[5].strip() == "b"
    assert "first" not in "".join(written)
