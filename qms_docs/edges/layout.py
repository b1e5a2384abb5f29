"""What does not fit on the pages of a finished layout, read from the engine's boxes.

The engine cuts off at the edge of the paper without a word, and lets text run over the text beside
it. The letters are still in the file, so that the PDF itself does not tell either.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from qms_docs.words.printing import Trouble

_TOLERANCE = 6.0
"""So many pixels, 1.6 mm, are not seen: a space at the end of a line, a slanting letter."""
_EXCERPT = 40


class _Room(NamedTuple):
    """Where something may stand, in pixels from the left upper corner of the page."""

    top: float
    right: float
    bottom: float
    line: int = 0
    """Line of the source that it comes from, 0 if none is known."""

    def holds(self, box: Any) -> bool:
        right, bottom = box.position_x + box.width, box.position_y + box.height
        over = max(self.top - box.position_y, right - self.right, bottom - self.bottom)
        return bool(over <= _TOLERANCE)


def overflow(pages: Any) -> Iterator[Trouble]:
    """Yield texts and images beyond the text area of their page or over their table cell.

    What stands above and below the text may use the margins, but not go beyond the paper.

    Lines are those that the attribute `data-line` of the nearest element names; each is told once.
    """
    seen = set()
    for trouble in _troubles(pages):
        if trouble.line not in seen:
            seen.add(trouble.line)
            yield trouble


def _troubles(pages: Any) -> Iterator[Trouble]:
    for page in pages:
        box = page._page_box
        top, bottom = box.content_box_y(), box.content_box_y() + box.height
        text = _Room(top, box.content_box_x() + box.width, bottom)
        paper = _Room(0, box.margin_width(), box.margin_height())
        for child in box.children:
            yield from _outside(child, paper if hasattr(child, "at_keyword") else text)


def _outside(root: Any, page: _Room) -> Iterator[Trouble]:
    waiting = [(root, page)]
    while waiting:
        box, room = waiting.pop()
        if box.element is not None and box.element.get("aria-hidden"):
            continue  # the mark behind the text
        line = box.element.get("data-line") if box.element is not None else None
        if line:
            room = room._replace(line=int(line))
        if type(box).__name__ == "TableCellBox":
            room = room._replace(right=min(page.right, box.position_x + box.margin_width()))
        text = _content(box)
        if text and not room.holds(box):
            yield Trouble("edge", text, room.line)
        # The last is looked at first: what is found comes in the order of the text.
        waiting += [(child, room) for child in reversed(getattr(box, "children", ()))]


def _content(box: Any) -> str:
    """Return the words of a text, a sign for an image, nothing for a box that holds others."""
    if hasattr(box, "replacement"):
        return str(box.element.get("alt") or "") if box.element is not None else ""
    words = " ".join(getattr(box, "text", "").split())
    return words if len(words) <= _EXCERPT else words[: _EXCERPT - 1] + "…"
