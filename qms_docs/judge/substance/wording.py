"""Whether two sentences say the same in other words: what of substance came, went or changed.

Words that carry a rule are compared one by one, in their order. The rest may be worded otherwise,
within limits: a word put in or left out, or most of the words replaced, is something else.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, zip_longest
from typing import NamedTuple

from qms_docs.text.meaning.vocabulary import PLAIN, SMALL, is_turned
from qms_docs.text.meaning.weights import Word
from qms_docs.text.redline.alignment import ends, gaps
from qms_docs.text.redline.blocks import Token
from qms_docs.text.redline.phrases import Edit, common, edits

_ALIKE = 0.75
"""So alike are two spellings of a word, right and wrong."""
_LONGEST = 60
"""Longer words are not looked at letter by letter."""
_REPLACED = 0.4
"""At most so much of a sentence may give way to other words."""
_LATIN = 2
"""A Latin word counts as much as so many Chinese characters."""
_LONG = 6
"""So many letters has a word in which a slip makes no other word."""
_MOST = 10_000
"""So many pairs of words are looked at for slips."""
_SLACK = 2
"""So much may words be more or fewer than those in their place."""
_SLIP = 1
"""So much may be put in or left out: a Chinese character is a slip, a word is none."""


class Difference(NamedTuple):
    """Something of substance that differs; an empty text where there was or is nothing."""

    kind: str
    before: str
    after: str


def differences(old: Sequence[Word], new: Sequence[Word]) -> list[Difference]:
    """Return what of substance differs between two sentences; nothing if only the wording does."""
    old, new = _corrected(old, new), _corrected(new, old)
    found = list(_weighty(_weighing(old), _weighing(new)))
    if found or [word.key for word in old] == [word.key for word in new]:
        return found
    return _reworded(old, new)


def lost(old: Sequence[Word], new: Sequence[Word]) -> Counter[str]:
    """Return the plain words that the old sentence has and the new one has not."""
    return _units(old) - _units(new)


def _units(words: Sequence[Word]) -> Counter[str]:
    places = _places(words, [(0, len(words))])
    return Counter({unit: counts.total() for unit, counts in places.items()})


def _corrected(words: Sequence[Word], other: Sequence[Word]) -> Sequence[Word]:
    """Return words, a wrong spelling of a word with weight in the other sentence put right.

    For example `limts`: it is the same word if it stands in the same place.
    """
    right = [word for word in _weighing(other) if len(word.key) >= _LONG and word.text.isalpha()]
    if not right or len(right) * len(words) > _MOST:
        return words
    here = {word.text.lower() for word in words}
    right = [word for word in right if word.text.lower() not in here]
    found = ((word, next((one for one in right if _is_slip(word, one)), None)) for word in words)
    return [word._replace(kind=one.kind, key=one.key) if one else word for word, one in found]


def _is_slip(word: Word, right: Word) -> bool:
    """Tell whether a plain word has a letter more or less than the right one, or two changed."""
    wrong, meant = word.text.lower(), right.text.lower()
    if word.kind != PLAIN or not wrong.isascii() or min(len(wrong), len(meant)) < _LONG - 1:
        return False
    if wrong[:1] != meant[:1] or wrong[-1:] != meant[-1:] or wrong == meant:
        return False
    short, long = sorted((wrong, meant), key=len)
    same, _ = ends(short, long)
    if len(long) == len(short) + 1:
        return short[same:] == long[same + 1 :]
    swapped = short[same : same + 2][::-1] + short[same + 2 :]
    return len(long) == len(short) and swapped == long[same:]


def _weighing(words: Iterable[Word]) -> list[Word]:
    return [word for word in words if word.weighs]


def _weighty(old: Sequence[Word], new: Sequence[Word]) -> Iterator[Difference]:
    """Yield the words with weight that differ, paired by their kinds."""
    pairs = common([_key(word) for word in old], [_key(word) for word in new])
    for (i, i_end), (j, j_end) in gaps(pairs, len(old), len(new)):
        gone, came = old[i:i_end], new[j:j_end]
        for kind in dict.fromkeys(word.kind for word in (*gone, *came)):
            before = [word.text for word in gone if word.kind == kind]
            after = [word.text for word in came if word.kind == kind]
            for pair in zip_longest(before, after, fillvalue=""):
                yield Difference(kind, *pair)


def _key(word: Word) -> str:
    return f"{word.kind}\x1d{word.key}"


def _reworded(old: Sequence[Word], new: Sequence[Word]) -> list[Difference]:
    """Judge two sentences whose words with weight are the same, in the same order."""
    phrases = edits(_tokens(old), _tokens(new))
    if passed := _passed(old, new, phrases):
        return [Difference("order", passed, passed)]
    gone = Counter(word.key for edit in phrases for word in _plain(old[edit.old : edit.old_end]))
    came = Counter(word.key for edit in phrases for word in _plain(new[edit.new : edit.new_end]))
    moved = Counter(gone & came), Counter(gone & came)
    replaced = 0
    for edit in phrases:
        if _is_typed_twice(old, new, edit):
            continue
        before = _without(moved[0], old[edit.old : edit.old_end])
        after = _without(moved[1], new[edit.new : edit.new_end])
        kind = _doubt(before, after)
        if kind:
            return [Difference(kind, _text(before), _text(after))]
        if not _is_respelt(before, after):
            replaced += max(_size(before), _size(after))
    if replaced > _REPLACED * max(_size(old), _size(new)):
        return [Difference("wording", _text(old), _text(new))]
    return []


def _doubt(gone: Sequence[Word], came: Sequence[Word]) -> str:
    """Return as what a phrase counts that gave way to another; nothing if it says the same."""
    if _are_turned(gone, came):
        return "wording"
    if _is_respelt(gone, came):
        return ""
    if any(word.text[:1].isupper() for word in (*gone, *came)):
        return "name"
    slack = _SLACK if gone and came else _SLIP
    return "wording" if abs(_size(gone) - _size(came)) > slack else ""


def _tokens(words: Sequence[Word]) -> list[Token]:
    return [Token(word.text, _key(word), "", " ", ()) for word in words]


def _plain(words: Iterable[Word]) -> list[Word]:
    return [word for word in words if word.kind == PLAIN]


def _without(moved: Counter[str], words: Iterable[Word]) -> list[Word]:
    """Return the plain words that do not stand elsewhere in the other sentence."""
    found = []
    for word in _plain(words):
        if moved[word.key]:
            moved[word.key] -= 1
        else:
            found.append(word)
    return found


def _is_typed_twice(old: Sequence[Word], new: Sequence[Word], edit: Edit) -> bool:
    """Tell whether words only came or went that stand there once more."""
    if edit.old < edit.old_end and edit.new < edit.new_end:
        return False
    is_old = edit.old < edit.old_end
    words, start, end = (old, *edit[:2]) if is_old else (new, *edit[2:])
    again, before, after = (
        [word.key for word in words[max(place, 0) : place + end - start]]
        for place in (start, 2 * start - end, end)
    )
    return again in (before, after)


def _is_respelt(gone: Sequence[Word], came: Sequence[Word]) -> bool:
    """Tell whether it is the same word, wrong and right, or in one piece and in two."""
    before, after = ("".join(word.key for word in words) for words in (gone, came))
    return max(len(before), len(after)) <= _LONGEST and (
        SequenceMatcher(None, before, after, autojunk=False).ratio() >= _ALIKE
    )


def _are_turned(gone: Sequence[Word], came: Sequence[Word]) -> bool:
    """Tell whether a word gave way to its opposite, as complete to incomplete."""
    pairs = [(before.key, after.key) for before, after in zip(gone, came, strict=False)]
    pairs.append(("".join(word.key for word in gone), "".join(word.key for word in came)))
    return any(is_turned(*pair) for pair in pairs)


def _size(words: Iterable[Word]) -> int:
    """Return how much words count: in Chinese characters."""
    return sum(
        _LATIN if word.text.isascii() else len(word.text) for word in words if word.kind != SMALL
    )


def _text(words: Sequence[Word]) -> str:
    spaced = (" " * word.text.isascii() + word.text for word in words)
    return "".join(spaced).strip()


def _passed(old: Sequence[Word], new: Sequence[Word], phrases: Sequence[Edit]) -> str:
    """Return what was moved past a word with weight, such as A and B of `A: 15, B: 30 days`."""
    before = _places(old, [(edit.old, edit.old_end) for edit in phrases])
    after = _places(new, [(edit.new, edit.new_end) for edit in phrases])
    shared = (words for words in before if words in after)
    return next((words for words in shared if before[words] != after[words]), "")


def _places(words: Sequence[Word], spans: Iterable[tuple[int, int]]) -> Mapping[str, Counter[int]]:
    """Return for plain words of some spans how many words with weight stand before them.

    Of Chinese, for each two characters, as single ones stand in many words.
    """
    weighing = list(accumulate((word.weighs for word in words), initial=0))
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for start, end in spans:
        for place in range(start, end):
            word, following = words[place], words[place + 1 : min(place + 2, end)]
            if word.kind != PLAIN:
                continue
            if word.text.isascii():
                found[word.key][weighing[place]] += 1
            elif _plain(following):
                found[word.key + following[0].key][weighing[place]] += 1
    return found
