"""Traffic with GitHub that the tests of PyGithub have recorded, over thirteen years.

One exchange is eleven lines: scheme, method, host, port, path, headers, body; status, headers,
body; an empty one.
"""

import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

RECORDED = Path(sys.prefix) / "github-recorded"
"""Fetched by `tools/setup --dev`."""
_LINES = 11
_PULL = re.compile(r"/repos/(?P<name>[^/]+/[^/]+)/pulls/(?P<number>\d+)(?P<part>/\w+)?(?:\?.*)?")


class Told(NamedTuple):
    """A whole answer to a question about a pull request."""

    file: str
    name: str
    number: int
    part: str
    """`/reviews`, `/commits`, or empty for the pull request itself."""
    answer: Any


@cache
def answers() -> tuple[Told, ...]:
    """Return what was answered to all who asked for a pull request, its reviews or commits."""
    return tuple(told for file in sorted(RECORDED.glob("*.txt")) for told in _read(file))


def _read(file: Path) -> Iterator[Told]:
    lines = file.read_text("utf-8").split("\n")
    for start in range(0, len(lines) - _LINES + 1, _LINES):
        _, method, _, _, path, _, _, status, _, body, _ = lines[start : start + _LINES]
        found = _PULL.fullmatch(path)
        if found and (method, status) == ("GET", "200"):
            place = found["name"], int(found["number"]), found["part"] or ""
            yield Told(file.name, *place, json.loads(body))
