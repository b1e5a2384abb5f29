"""Drawings are cleaned: shapes and words stay, everything that could reach out goes."""

from xml.etree import ElementTree

import pytest

from qms_docs.text.diagrams import svg
from qms_docs.words.diagrams import DiagramError

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 200 100"'
)


def clean(content: str, more: str = "", **arguments: float) -> ElementTree.Element:
    drawing = f"{HEAD} {more}>{content}</svg>".encode()
    return ElementTree.fromstring(svg.clean(drawing, **arguments))


def only(content: str, **arguments: float) -> ElementTree.Element:
    (element,) = clean(content, **arguments)
    return element


def test_the_size_is_that_for_print() -> None:
    root = clean("<g/>", 'width="100%" style="max-width: 9px" onload="x()"', scale=0.5)
    assert root.attrib == {
        "viewBox": "0 0 200 100",
        "width": "100.00pt",
        "height": "50.00pt",
        "font-family": svg.FAMILY,
    }


@pytest.mark.parametrize(
    "content",
    [
        "<script>x</script>",
        "<style>* { fill: red }</style>",
        "<title>x</title>",
        "<desc>x</desc>",
        "<filter id='f'><feFlood/></filter>",
        '<rect display="none"/>',
        '<rect style="visibility: hidden"/>',
        '<style>rect { opacity: 0 }</style><rect width="9"/>',
        "<!-- x -->",
        "<?xml-stylesheet href='x'?>",
    ],
)
def test_what_is_not_seen_is_left_out(content: str) -> None:
    assert list(clean(content)) == []


@pytest.mark.parametrize(
    "content",
    [
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        '<image href="file:///etc/passwd"/>',
        '<use href="#a"/>',
        '<animate attributeName="x"/>',
        "<switch/>",
        '<rect xmlns="http://example.com/other"/>',
    ],
)
def test_what_would_be_missing_in_print_is_an_error(content: str) -> None:
    with pytest.raises(DiagramError) as raised:
        clean(content)
    assert raised.value.key == "diagram-refused"


def test_links_and_what_listens_are_gone() -> None:
    link = only(
        '<a xlink:href="javascript:x"><text x="1" onclick="x()" id="i" class="c">T</text></a>'
    )
    assert (link.tag, link.attrib) == ("{http://www.w3.org/2000/svg}g", {})
    assert (link[0].attrib, link[0].text) == ({"x": "1"}, "T")


@pytest.mark.parametrize(
    "fill", ["url(http://127.0.0.1:9/a.svg#a)", "url(file:///etc/passwd)", "url('#a')", "url(#a) x"]
)
def test_paint_from_elsewhere_is_gone(fill: str) -> None:
    assert only(f'<rect width="9" fill="{fill}"/>').attrib == {"width": "9"}


def test_styles_become_attributes_in_their_order() -> None:
    root = clean(
        "<style>rect { fill: red; stroke: blue !important } .b { fill: green } "
        "rect::before, ::nonsense( { fill: black }</style>"
        '<rect class="b" fill="white" stroke="white" style="stroke: pink; fill: teal"/>'
        '<rect class="b" fill="white"/>'
    )
    assert [element.attrib for element in root] == [
        {"fill": "teal", "stroke": "blue"},
        {"fill": "green", "stroke": "blue"},
    ]


def test_letters_are_made_smaller_where_the_renderer_takes_them_for_narrower() -> None:
    text = only(
        '<text font-size="10px" font-family="Evil Bold"><tspan>T</tspan></text>', letters=0.9
    )
    assert text.attrib == {"font-size": "9", "font-weight": "bold"}


def test_markers_inside_the_drawing_stay() -> None:
    root = clean(
        '<defs><marker id="m"><path d="M0 0"/></marker></defs><path marker-end="url(#m)"/>'
    )
    assert root[0][0].attrib == {"id": "m"}
    assert root[1].attrib == {"marker-end": "url(#m)"}


@pytest.mark.parametrize(
    ("drawing", "key"),
    [
        (b"", "diagram-empty"),
        (b"<svg", "diagram-refused"),
        (b"<p/>", "diagram-refused"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "diagram-refused"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 a b"/>', "diagram-refused"),
    ],
)
def test_what_is_no_drawing_is_an_error(drawing: bytes, key: str) -> None:
    with pytest.raises(DiagramError) as raised:
        svg.clean(drawing)
    assert raised.value.key == key


def drawing(width: int, height: int) -> bytes:
    root = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"/>'
    return svg.clean(root.encode())


def test_a_drawing_has_a_landscape_page_if_that_makes_it_much_larger() -> None:
    assert svg.size(drawing(940, 100)) == (940.0, 100.0)
    assert svg.scale(drawing(940, 100)) == 0.5
    assert svg.scale(drawing(100, 100)) == 1.0
    assert svg.is_wide(drawing(940, 100))
    assert not svg.is_wide(drawing(500, 100))  # a little smaller only
    assert not svg.is_wide(drawing(940, 1500))  # as small on either
