"""What is wrong with an image file, so that a page loses neither it nor a part in silence."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from qms_docs.text.images import raster, svg
from qms_docs.words.model import Flaw

_MOST_TOLD = 5
_READERS: Mapping[str, Callable[[bytes], Iterator[Flaw]]] = {
    ".jpeg": raster.jpeg,
    ".jpg": raster.jpeg,
    ".png": raster.png,
    ".svg": svg.flaws,
}


def flaws(data: bytes, extension: str) -> tuple[Flaw, ...]:
    """Return what is wrong with an image, at most five things.

    `extension` is that of its name, such as `.png`: one of words.printing.IMAGE_TYPES.
    """
    return tuple(islice(_READERS[extension](data), _MOST_TOLD))
