"""What changed between two runs of tokens, as phrases that a reader takes in, not as crumbs."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, zip_longest
from typing import NamedTuple

from qms_docs.text.redline.alignment import anchors, ends, gaps
from qms_docs.text.redline.blocks import Token

_PAIRS = 500_000_000
"""So many pairs of tokens are compared, at one bit each; above that only around tokens that occur
once in both texts."""
_SENTENCE_ENDS = frozenset(".!?:;\u3002\uff01\uff1f\uff1a\uff1b")
_PAUSES = frozenset(",\uff0c\u3001")


class Edit(NamedTuple):
    """Old tokens from `old` up to `old_end` gave way to new ones from `new` up to `new_end`."""

    old: int
    old_end: int
    new: int
    new_end: int


def edits(old: Sequence[Token], new: Sequence[Token]) -> list[Edit]:
    """Return the changes between two runs of tokens, first to last."""
    old_keys = [token.key for token in old]
    new_keys = [token.key for token in new]
    pairs = common(old_keys, new_keys)
    changes = [
        Edit(i, i_end, j, j_end)
        for (i, i_end), (j, j_end) in gaps(pairs, len(old), len(new))
        if i < i_end or j < j_end
    ]
    found: list[Edit] = []
    merged = _without_crumbs(changes, old, new)
    for edit, following in zip_longest(merged, merged[1:]):
        before = edit.old - (found[-1].old_end if found else 0)
        after = (following.old if following else len(old)) - edit.old_end
        found.append(_at_sentence(edit, before, after, old, new))
    return found


def common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the positions of a longest common subsequence."""
    head, tail = ends(old, new)
    inside = old[head : len(old) - tail], new[head : len(new) - tail]
    first = [(place, place) for place in range(head)]
    last = [(len(old) - place, len(new) - place) for place in range(tail, 0, -1)]
    return first + [(head + i, head + j) for i, j in _inside(*inside)] + last


def _inside(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    if len(old) * len(new) <= _PAIRS:
        yield from _longest(old, new)
        return
    for (i, i_end), (j, j_end) in gaps(anchors(old, new), len(old), len(new)):
        if (i_end - i) * (j_end - j) <= _PAIRS:
            yield from ((i + a, j + b) for a, b in _longest(old[i:i_end], new[j:j_end]))
        if i_end < len(old):
            yield i_end, j_end


def _longest(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return a longest common subsequence, by rows of bits (Hyyr\u00f6 2004).

    In the row of a new token, bit i is 0 where the old token i makes the subsequence longer.
    """
    masks: dict[str, int] = {}
    for place, key in enumerate(old):
        masks[key] = masks.get(key, 0) | 1 << place
    full = (1 << len(old)) - 1
    rows, row = [], full
    for key in new:
        hits = row & masks.get(key, 0)
        row = ((row + hits) | (row - hits)) & full
        rows.append(row)
    pairs = []
    i, j = len(old) - 1, len(new) - 1
    while i >= 0 and j >= 0:
        if rows[j] >> i & 1:
            i -= 1
        elif j and not rows[j - 1] >> i & 1:
            j -= 1
        else:
            pairs.append((i, j))
            i, j = i - 1, j - 1
    return pairs[::-1]


def _without_crumbs(
    changes: Sequence[Edit], old: Sequence[Token], new: Sequence[Token]
) -> list[Edit]:
    """Join changes with what stayed between them where both are at least as wide as that."""
    old_widths = list(accumulate(map(_width, old), initial=0))
    new_widths = list(accumulate(map(_width, new), initial=0))

    def width(edit: Edit) -> int:
        return max(
            old_widths[edit.old_end] - old_widths[edit.old],
            new_widths[edit.new_end] - new_widths[edit.new],
        )

    found: list[Edit] = []
    for change in changes:
        edit = change
        while found:
            before = found[-1]
            stayed = old[before.old_end : edit.old]
            is_crumb = old_widths[edit.old] - old_widths[before.old_end] <= min(
                width(before), width(edit)
            )
            if not is_crumb or _is_one_way(before, edit) or not all(map(_is_text, stayed)):
                break
            edit = Edit(before.old, edit.old_end, before.new, edit.new_end)
            found.pop()
        found.append(edit)
    return found


def _is_one_way(*parts: Edit) -> bool:
    """Tell whether something was only put in or only left out: that reads well in pieces."""
    return all(edit.old == edit.old_end for edit in parts) or all(
        edit.new == edit.new_end for edit in parts
    )


def _is_text(token: Token) -> bool:
    """Tell whether a token is no image and no number of a footnote: those must not come twice."""
    return token.atom is None and not token.is_number


def _width(token: Token) -> int:
    return len(token.text) + len(token.gap)


def _at_sentence(
    edit: Edit, before: int, after: int, old: Sequence[Token], new: Sequence[Token]
) -> Edit:
    """Move an insertion or a deletion to where a sentence or at least a clause starts.

    Of "The agent calls. The agent notes." this makes one sentence inserted, not the end of one
    and the start of the next.
    """
    if edit.old < edit.old_end and edit.new < edit.new_end:
        return edit
    tokens, start, end = (
        (old, edit.old, edit.old_end) if edit.old < edit.old_end else (new, edit.new, edit.new_end)
    )
    shifts = [0]
    while -shifts[-1] < before and _same(tokens, start + shifts[-1] - 1, end + shifts[-1] - 1):
        shifts.append(shifts[-1] - 1)
    shifts.append(0)
    while shifts[-1] < after and _same(tokens, start + shifts[-1], end + shifts[-1]):
        shifts.append(shifts[-1] + 1)
    shift = max(shifts, key=lambda shift: (_boundary(tokens, start + shift), -abs(shift)))
    return Edit(*(place + shift for place in edit))


def _same(tokens: Sequence[Token], place: int, other: int) -> bool:
    return tokens[place].key == tokens[other].key


def _boundary(tokens: Sequence[Token], place: int) -> int:
    """Return how well a phrase starts at a place."""
    text = tokens[place - 1].text if place else "."
    return 2 * (text in _SENTENCE_ENDS) + (text in _PAUSES)
