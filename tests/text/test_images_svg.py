"""Drawings are judged from their text: what the engine would leave out, fetch or draw for ever."""

import pytest

from qms_docs.text.images import svg as drawing
from qms_docs.words.model import Flaw
from tests.edges.printing import ENDLESS, SLOW, svg

RECT = '<rect width="9" height="9"/>'
SPACE = 'xmlns="http://www.w3.org/2000/svg"'


def flaws(text: str) -> list[tuple[str, str, int]]:
    return [(flaw.case, flaw.detail, flaw.line) for flaw in drawing.flaws(text.encode())]


def cases(text: str) -> list[str]:
    return [case for case, _, _ in flaws(text)]


@pytest.mark.parametrize(
    "text",
    [
        svg(RECT),
        svg(f'<g id="a">{RECT}</g><use href="#a"/><use xlink:href="#a"/>'),
        svg('<a href="https://example.com/"><text y="9">Text 文字</text></a>'),
        svg('<linearGradient id="g"><stop offset="1"/></linearGradient><rect fill="url(#g)"/>'),
        svg('<style>rect { fill: url("#g") } @media print { }</style><pattern id="g"/>' + RECT),
        svg("<title>T 😀</title><desc>D</desc><metadata><x:a xmlns:x='y'><x:b/></x:a></metadata>"),
        svg('<x:view xmlns:x="urn:x" href="a.svg"/>'),
        svg(RECT, before='<?xml version="1.0" encoding="UTF-8"?>\n<!-- a comment -->\n'),
        svg(RECT, before='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/svg11.dtd">'),
        svg(SLOW),
        svg("<g>" * 150 + RECT + "</g>" * 150),
        f'<svg {SPACE} viewBox="-5,-5 10.5 1e2"/>',
        f'<svg {SPACE} width="100%" height="21.5mm"/>',
        f"<svg {SPACE}/>",
        "\ufeff" + svg(RECT),
    ],
)
def test_a_plain_drawing_has_no_flaws(text: str) -> None:
    assert flaws(text) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<foreignObject><p>T</p></foreignObject>", ("part", "<foreignObject>")),
        ("<script>draw()</script>", ("part", "<script>")),
        ('<animate attributeName="x"/>', ("part", "<animate>")),
        ("<switch/>", ("part", "<switch>")),
        ('<filter id="f"/>', ("part", "<filter>")),
        ('<use href="other.svg#a"/>', ("outside", "other.svg#a")),
        ('<use href="https://example.com/a.svg#a"/>', ("outside", "https://example.com/a.svg#a")),
        ('<image href="file:///etc/passwd"/>', ("outside", "file:///etc/passwd")),
        ('<image xlink:href="chart.png"/>', ("outside", "chart.png")),
        ('<image href="data:image/png;base64,AAAA"/>', ("part", "data:image/png;base64,AAAA")),
        ('<rect fill="url(http://a.b/c#d)"/>', ("outside", "http://a.b/c#d")),
        ("<rect style=\"fill: url( 'a.svg#b' )\"/>", ("outside", "a.svg#b")),
        ("<style>@import 'a.css';</style>", ("outside", "'a.css'")),
        ("<style>@import url(http://a.b/c.css);</style>", ("outside", "url(http://a.b/c.css)")),
        ("<style>@font-face { src: url(a.ttf) }</style>", ("outside", "a.ttf")),
        ('<?xml-stylesheet href="a.css"?>', ("outside", 'href="a.css"')),
        ('<use href="#nowhere"/>', ("missing", "#nowhere")),
        ('<rect fill="url(#nowhere)"/>', ("missing", "#nowhere")),
        ("<text>Call 😀</text>", ("glyph", "😀 U+1F600 GRINNING FACE")),
        ("<text><tspan>&#x1F600;</tspan></text>", ("glyph", "😀 U+1F600 GRINNING FACE")),
    ],
)
def test_what_would_be_lost_is_told_with_its_line(content: str, told: tuple[str, str]) -> None:
    assert flaws(svg(f"\n{RECT}\n{content}{content}\n")) == [(*told, 3)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ("unreadable", "no element found", 1)),
        ("no drawing", ("unreadable", "syntax error", 1)),
        (f"<svg {SPACE}>\n<g>\n</svg>", ("unreadable", "mismatched tag", 3)),
        (f"<svg {SPACE}>\n<x:y/>\n</svg>", ("unreadable", "unbound prefix", 2)),
        (f"<svg {SPACE}>&a;</svg>", ("unreadable", "undefined entity", 1)),
        ("<html/>", ("unreadable", "<html>", 1)),
        ("<?xml version='1.0' encoding='x-a'?><svg/>", ("unreadable", "unknown encoding: x-a", 1)),
        ('<!DOCTYPE svg [\n<!ENTITY a "b">]><svg/>', ("unreadable", "<!ENTITY a …>", 2)),
        ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>',
         ("unreadable", "<!ENTITY a …>", 1)),
        ('<!DOCTYPE svg [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]><svg/>',
         ("unreadable", "<!ENTITY a …>", 1)),
        (f'<svg {SPACE} width="0"/>', ("size", 'width="0"', 1)),
        (f'<svg {SPACE} height="-3mm"/>', ("size", 'height="-3mm"', 1)),
        (f'<svg {SPACE} width="inf"/>', ("size", 'width="inf"', 1)),
        (f'<svg {SPACE} width="1e300"/>', ("size", 'width="1e300"', 1)),
        (f'<svg {SPACE} viewBox="0 0 0 9"/>', ("size", 'viewBox="0 0 0 9"', 1)),
        (f'<svg {SPACE} viewBox="a b"/>', ("size", 'viewBox="a b"', 1)),
        (f'<svg {SPACE} viewBox="0 0 nan 1e999"/>', ("size", 'viewBox="0 0 nan 1e999"', 1)),
        (svg("<g>" * 300 + "</g>" * 300), ("depth", "g", 1)),
        (svg('<g id="a">\n<use href="#a"/></g>'), ("depth", "g", 1)),
        (svg('<mask id="a"><rect mask="url(#a)"/></mask>'), ("depth", "mask", 1)),
        (svg("".join(f'<use id="a{n}" href="#a{n + 1}"/>' for n in range(300)) + '<g id="a300"/>'),
         ("depth", "use", 1)),
        (svg(ENDLESS), ("parts", "50000", 1)),
        (svg("<style>rect { fill: url(#p) }</style><pattern id='p'>" + RECT * 300 + "</pattern>"),
         ("parts", "50000", 1)),
        (svg(RECT * 60_000), ("parts", "50000", 1)),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(text: str, told: tuple[str, str, int]) -> None:
    found = list(drawing.flaws(text.encode()))
    assert [(flaw.case, flaw.detail, flaw.line) for flaw in found][-1] == told
    assert found[-1].stops


def test_entities_do_not_multiply() -> None:
    lines = ['<!ENTITY e0 "laughter ">']
    lines += [f'<!ENTITY e{n + 1} "' + f"&e{n};" * 10 + '">' for n in range(9)]
    assert cases(svg("&e9;", before=f"<!DOCTYPE svg [{''.join(lines)}]>")) == ["unreadable"]


def test_what_only_loses_a_part_may_be_printed() -> None:
    assert not Flaw("part", "<filter>", 1).stops
    assert Flaw("unreadable", "", 1).stops
