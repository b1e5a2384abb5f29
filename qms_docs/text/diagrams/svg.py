"""Clean what a renderer has drawn: shapes and words stay, all that could reach out goes.

The result has no style sheet, script, link, picture or foreign object, and one font family: ours.
It prints the same everywhere. Its size is the one at which it should be printed.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any
from xml.etree import ElementTree

import cssselect2  # type: ignore[import-untyped]  # the library has no types
import tinycss2  # type: ignore[import-untyped]  # nor has this

from qms_docs.words.diagrams import DiagramError

PORTRAIT, LANDSCAPE = (470.0, 566.0), (740.0, 430.0)
"""Width and height in points that a page has for a drawing (document.css, `img` and `@page`)."""
SMALL, GAIN = 0.75, 1.25
_SVG = "http://www.w3.org/2000/svg"
FAMILY = "QMS Sans,QMS Sans Rare,sans-serif"
"""For every word. The last is for browsers, which show a drawing without our fonts."""
_KEPT = "svg g path rect circle ellipse polygon polyline line text tspan defs marker"
_SHAPES = {"a": "g", **{name: name for name in _KEPT.split()}}
_LEFT_OUT = ("style", "title", "desc", "metadata", "filter", "script", "symbol")
_GEOMETRY = """x y dx dy x1 y1 x2 y2 cx cy r rx ry width height d points transform viewBox refX refY
markerWidth markerHeight markerUnits orient"""
_PAINT = """fill stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin font-size
font-weight font-style text-anchor dominant-baseline alignment-baseline marker-start marker-mid
marker-end"""
_PROPERTIES = frozenset((*_GEOMETRY.split(), *_PAINT.split()))
_LEFT = {"start": 0.0, "middle": 0.5, "end": 1.0}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)(?:px)?\Z")
_REFERENCE = re.compile(r"url\(#[\w-]+\)\Z")
_GRAPH = f"{{{_SVG}}}g[@class='graph']"
_NODES = f"{_GRAPH}/{{{_SVG}}}g[@class='node']"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def clean(drawing: bytes, scale: float = 1.0, letters: float = 1.0) -> bytes:
    """Return a drawing as plain SVG; its unit is printed as `scale` points.

    The size of letters is multiplied by `letters`, for a renderer that takes ours for narrower
    than they are. Raises DiagramError if there is no sound SVG, if nothing is drawn, or if the
    drawing needs something that is not printed.
    """
    if not drawing.strip():
        raise DiagramError("diagram-empty")
    try:
        root = ElementTree.fromstring(drawing)  # noqa: S314  # no entities: see edges/diagrams.py
    except ElementTree.ParseError as error:
        raise DiagramError("diagram-refused", detail=error) from error
    if root.find(_NODES) is None and root.find(_GRAPH) is not None:
        raise DiagramError("diagram-empty")
    _raise_headings(root)
    fresh = _Cleaner(root, letters).copy(cssselect2.ElementWrapper.from_xml_root(root))
    if fresh is None or fresh.tag != f"{{{_SVG}}}svg":
        raise DiagramError("diagram-refused", detail="no drawing")
    _set_size(fresh, scale)
    fresh.set("font-family", FAMILY)
    ElementTree.register_namespace("", _SVG)
    written: bytes = ElementTree.tostring(fresh, encoding="utf-8")
    return written


def size(drawing: bytes) -> tuple[float, float]:
    """Return width and height of a cleaned drawing in points."""
    root = ElementTree.fromstring(drawing)  # noqa: S314  # ours
    return float(root.attrib["width"][:-2]), float(root.attrib["height"][:-2])


def scale(drawing: bytes, page: tuple[float, float] = PORTRAIT) -> float:
    """Return by what a cleaned drawing is made smaller to fit a page; 1 if it need not be."""
    width, height = size(drawing)
    return min(1.0, page[0] / width, page[1] / height)


def is_better(one: float, other: float) -> bool:
    """Say whether the smaller of two scales is so small, and the gain so large, that it counts."""
    return other < SMALL and one > GAIN * other


def is_wide(drawing: bytes) -> bool:
    """Say whether a drawing should have a landscape page."""
    return is_better(scale(drawing, LANDSCAPE), scale(drawing))


def _set_size(root: ElementTree.Element, scale: float) -> None:
    try:
        _, _, width, height = map(float, root.attrib["viewBox"].split())
    except (KeyError, ValueError) as error:
        raise DiagramError("diagram-refused", detail="no size") from error
    root.set("width", f"{width * scale:.2f}pt")
    root.set("height", f"{height * scale:.2f}pt")


def _raise_headings(root: ElementTree.Element) -> None:
    """Put the names of Graphviz' groups on top, on plain ground, so that no edge runs through."""
    for graph in root.findall(_GRAPH):
        for cluster in graph.findall(f"{{{_SVG}}}g[@class='cluster']"):
            frame = cluster.find("*[@fill]")
            fill = "none" if frame is None else frame.get("fill", "none")
            for text in cluster.findall(f"{{{_SVG}}}text"):
                cluster.remove(text)
                graph.extend((_ground(text, "#ffffff" if fill == "none" else fill), text))


def _ground(text: ElementTree.Element, fill: str) -> ElementTree.Element:
    height = float(text.get("font-size", "9"))
    width = height * sum(1.0 if char > "\u2e7f" else 0.6 for char in text.text or "")
    left = float(text.get("x", "0")) - width * _LEFT[text.get("text-anchor", "start")]
    place = {"x": left, "y": float(text.get("y", "0")) - 0.9 * height}
    size = {"width": width, "height": 1.2 * height}
    rounded = {name: f"{value:.2f}" for name, value in (place | size).items()}
    return ElementTree.Element(f"{{{_SVG}}}rect", {**rounded, "fill": fill})


class _Cleaner:
    """Copies elements with the style sheets inside a drawing applied to them."""

    def __init__(self, root: ElementTree.Element, letters: float) -> None:
        self._letters = letters
        self._normal, self._important = cssselect2.Matcher(), cssselect2.Matcher()
        for element in root.iter(f"{{{_SVG}}}style"):
            for rule in tinycss2.parse_stylesheet(element.text or "", True, True):
                if rule.type == "qualified-rule":
                    self._add(rule)

    def _add(self, rule: Any) -> None:
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            return  # for screens only, such as ::selection
        normal, important = _declarations(rule.content)
        for selector in selectors:
            if selector.pseudo_element is None and not selector.never_matches:
                self._normal.add_selector(selector, normal)
                self._important.add_selector(selector, important)

    def copy(self, element: Any) -> ElementTree.Element | None:
        """Return a copy with what may stay, or None for what is left out."""
        old = element.etree_element
        name = str(old.tag).removeprefix(f"{{{_SVG}}}")
        properties = self._properties(element)
        if name in _LEFT_OUT or _hidden(properties):
            return None
        if name not in _SHAPES:
            raise DiagramError("diagram-refused", detail=f"<{name}>")
        kept = dict(self._attributes(name, properties))
        fresh = ElementTree.Element(f"{{{_SVG}}}{_SHAPES[name]}", kept)
        fresh.text, fresh.tail = old.text, old.tail
        for child in element.iter_children():
            copied = self.copy(child)
            if copied is not None:
                fresh.append(copied)
        return fresh

    def _properties(self, element: Any) -> Mapping[str, str]:
        """Return attributes and styles, by the order in which they override each other."""
        normal, important = _declarations(element.etree_element.get("style", ""))
        matched = (
            *(declared for *_, declared in self._normal.match(element)),
            normal,
            *(declared for *_, declared in self._important.match(element)),
            important,
        )
        return dict(chain(element.etree_element.items(), *(item.items() for item in matched)))

    def _attributes(self, name: str, properties: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for key, value in sorted(properties.items()):
            if key == "font-family" and value.endswith(" Bold"):  # so Graphviz says it
                yield "font-weight", "bold"
            elif key == "font-size" and (number := _SIZE.match(value)):
                yield key, f"{float(number[1]) * self._letters:g}"
            elif key in _PROPERTIES and ("url(" not in value or _REFERENCE.match(value)):
                yield key, "none" if value == "transparent" else value
            elif (key == "id" and name == "marker") or (key == _SPACE and value == "preserve"):
                yield key, value


def _declarations(content: Any) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the properties that are declared, and those that are declared important."""
    found: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for item in tinycss2.parse_blocks_contents(content, True, True):
        if item.type == "declaration":
            value = tinycss2.serialize(item.value).strip()
            found[item.important][item.lower_name] = value
    return found


def _hidden(properties: Mapping[str, str]) -> bool:
    return (
        properties.get("display") == "none"
        or properties.get("visibility") == "hidden"
        or properties.get("opacity") in ("0", "0%")
    )
