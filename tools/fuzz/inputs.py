"""Inputs made from other inputs: changed at a few places, or with a part repeated very often."""

from __future__ import annotations

from random import Random

WORDS = (
    "---\n", "id: ", "[](", "![](", "|", "|---|", "```", "~~~", "::: note", ":::", "[^1]", "[^1]:",
    "\n: ", "{#", "{", "}", "<", ">", "*", "_", "`", "~~", "- [ ] ", "    ", "\t", "\r\n", "\\",
    "&amp;", "%20", "https://", "www.", "#", "../", "CSC-QP-01", "C\u0405C-QP-\uff10\uff11", "&a ",
    "*a", "!!", "? ", "[", "]", "'", '"', "<<<<<<< ", "\ufeff", "\u202e", "u\u0308", "投",
)  # fmt: skip
"""What means something to a reader, and is not found byte by byte in a short time."""


def changed(data: bytes, chance: Random) -> bytes:
    """Return an input changed at up to six places."""
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(data) + 1)
        stop = min(len(data), start + chance.choice((0, 0, 1, 1, 4, 30)))
        word = chance.choice(WORDS).encode()
        new = chance.choice((b"", word, chance.randbytes(1), data[stop : stop + 20]))
        data = data[:start] + new + data[stop:]
    return data


def blown_up(data: bytes, chance: Random, most: int) -> bytes:
    """Return an input of up to `most` bytes with a part repeated: alone, or around a middle.

    What takes far longer than its length lets one expect shows only in long inputs.
    """
    start = chance.randrange(len(data) + 1)
    part = data[start : start + chance.randint(1, 12)]
    word = chance.choice(WORDS).encode()
    part = chance.choice((part, word, part + word, word + part)) or word
    middle = data[max(0, start - 200) : start]
    times = chance.choice((50, 1000, most)) // len(part)
    if chance.random() < 0.5:
        return (middle + part * times)[:most]
    return (part * (times // 2) + middle + word * (times // 2))[:most]
