"""Which parts of two texts belong together, found without changing the order of either.

Everything is deterministic. Work grows with the square of the number of parts only up to a limit,
above it with the number of parts.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil, sqrt
from typing import Protocol

ALIKE = 0.5
"""From here on two parts count as one that was changed."""
_COMPARED = 40_000
"""So many pairs of parts between two unchanged ones are compared, each with each."""

Step = tuple[int | None, int | None]
"""Positions of two parts that belong together; None where the other text has no such part."""


class Part(Protocol):
    """What can be aligned: a block, a row, a column."""

    @property
    def kind(self) -> str:
        """Only parts of the same kind belong together."""

    @property
    def key(self) -> str:
        """Equal for parts that read the same."""

    @property
    def words(self) -> Sequence[str]:
        """What tells how alike two parts are."""


def align(old: Sequence[Part], new: Sequence[Part]) -> list[Step]:
    """Pair equal parts that occur once first, then the most alike between them."""
    found = anchors([part.key for part in old], [part.key for part in new])
    steps: list[Step] = []
    for (i, i_end), (j, j_end) in gaps(found, len(old), len(new)):
        steps += _between(old, i, i_end, new, j, j_end)
        if i_end < len(old):
            steps.append((i_end, j_end))
    return steps


def anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return positions of equal keys: at both ends, and of those that occur once in each text."""
    head, tail = ends(old, new)
    middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    counts, new_counts = Counter(middle), Counter(new_middle)
    places = {key: place for place, key in enumerate(new_middle, head)}
    single = [
        (place, places[key])
        for place, key in enumerate(middle, head)
        if counts[key] == 1 == new_counts[key]
    ]
    first = [(place, place) for place in range(head)]
    last = [(len(old) - place, len(new) - place) for place in range(tail, 0, -1)]
    return first + _ascending(single) + last


def ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how many keys are equal at the start and, of the others, at the end."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def gaps(
    pairs: Sequence[tuple[int, int]], old: int, new: int
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield what lies before each pair and after the last: start and end in both texts."""
    i = j = 0
    for i_end, j_end in [*pairs, (old, new)]:
        yield (i, i_end), (j, j_end)
        i, j = i_end + 1, j_end + 1


def likeness(old: Sequence[Part], new: Sequence[Part]) -> list[list[float]]:
    """Return how alike each old part is to each new one: 1 for equal, 0 for nothing in common."""
    places: dict[tuple[str, int], int] = {}
    old_sets = [_word_set(part, places) for part in old]
    new_sets = [_word_set(part, places) for part in new]
    return [
        [
            1.0 if part.key == other.key else _share(words, other_words)
            for other, other_words in zip(new, new_sets, strict=True)
        ]
        for part, words in zip(old, old_sets, strict=True)
    ]


def _word_set(part: Part, places: dict[tuple[str, int], int]) -> int:
    """Return the words of a part as bits, the same word again as another one."""
    seen: Counter[str] = Counter()
    bits = 0
    for word in part.words:
        bits |= 1 << places.setdefault((f"{part.kind} {word}", seen[word]), len(places))
        seen[word] += 1
    return bits


def _share(old: int, new: int) -> float:
    """Return the part of the words that is common: of both texts and of the shorter, halved.

    So a paragraph that grew threefold is still the same, two with common small words are not.
    """
    common = (old & new).bit_count()
    if not common:
        return 0.0
    sizes = old.bit_count(), new.bit_count()
    return common / sum(sizes) + common / min(sizes) / 2


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs, sorted by their first, that ascends in the second too."""
    lows: list[int] = []
    tips: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(lows, place)
        lows[length:] = [place, *lows[length + 1 :]]
        tips[length:] = [index, *tips[length + 1 :]]
        before.append(tips[length - 1] if length else -1)
    run: list[tuple[int, int]] = []
    index = tips[-1] if tips else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]


def _between(
    old: Sequence[Part], i: int, i_end: int, new: Sequence[Part], j: int, j_end: int
) -> Iterator[Step]:
    """Pair the parts of a gap; a very large one piece by piece."""
    rows, columns = i_end - i, j_end - j
    pieces = max(1, ceil(sqrt(rows * columns / _COMPARED)))
    for piece in range(pieces):
        a, a_end = (i + rows * number // pieces for number in (piece, piece + 1))
        b, b_end = (j + columns * number // pieces for number in (piece, piece + 1))
        for place, other in _best(old[a:a_end], new[b:b_end]):
            yield None if place is None else a + place, None if other is None else b + other


def _best(old: Sequence[Part], new: Sequence[Part]) -> Iterator[Step]:
    """Pair parts so that the sum of the squares of their likeness is greatest."""
    worth = [
        [value * value if value >= ALIKE else 0.0 for value in row] for row in likeness(old, new)
    ]
    best = _sums(worth, len(new))
    i = j = 0
    while i < len(old) or j < len(new):
        if i < len(old) and j < len(new) and _is_pair(worth, best, i, j):
            yield i, j
            i, j = i + 1, j + 1
        elif j == len(new) or (i < len(old) and best[i][j] == best[i + 1][j]):
            yield i, None
            i += 1
        else:
            yield None, j
            j += 1


def _is_pair(
    worth: Sequence[Sequence[float]], best: Sequence[Sequence[float]], i: int, j: int
) -> bool:
    return worth[i][j] > 0 and best[i][j] == worth[i][j] + best[i + 1][j + 1]


def _sums(worth: Sequence[Sequence[float]], columns: int) -> list[list[float]]:
    """Return the greatest sum that can be had from each pair of positions on."""
    sums = [[0.0] * (columns + 1)]
    for values in reversed(worth):
        below, row = sums[-1], [0.0] * (columns + 1)
        for j in range(columns - 1, -1, -1):
            most = max(below[j], row[j + 1])
            row[j] = max(most, values[j] + below[j + 1]) if values[j] else most
        sums.append(row)
    return sums[::-1]
