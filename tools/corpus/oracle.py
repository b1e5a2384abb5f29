"""What a printed document has lost, and whether a finding says so."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from qms_docs.text import messages
from qms_docs.words.findings import Finding
from tools.corpus.expected import Page, Plain
from tools.corpus.printed import Pdf

CODES = {
    "not printed": ("QMS101", "QMS806"),
    "left out": ("QMS805", "QMS807"),
    "lost": ("QMS803", "QMS804", "QMS805"),
    "character": ("QMS801", "QMS802", "QMS803"),
    "edge": ("QMS804",),
    "covered": ("QMS804",),
    "image": ("QMS504", "QMS507", "QMS801", "QMS803"),
    "diagram": ("QMS809",),
    "link": ("QMS502", "QMS503", "QMS507", "QMS801"),
}
"""Kind of damage \u2192 the rules whose findings report it."""
NAMED = ("character", "image", "link")
"""Kinds of which a finding must name the very thing."""


@dataclass(frozen=True)
class Damage:
    """Something that is written and cannot be read in print, or not where it should be."""

    kind: str
    what: str
    reported: str = ""
    """The rule of a finding that says so, if there is one."""


class Said:
    """What the findings on a document say."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._said = [
            (item.code, unquote(" ".join(messages.of_finding(item, "en")))) for item in findings
        ]

    def of(self, kind: str, what: str) -> Damage:
        """Return a damage with the rule that reports it."""
        names = [what.removeprefix("#")]
        if kind == "character":
            names += [f"U+{ord(char):04X}" for char in what]
        fit = (
            code
            for code, sentence in self._said
            if code in CODES[kind]
            and (kind not in NAMED or any(name in sentence for name in names))
        )
        return Damage(kind, what, next(fit, ""))


def damages(plain: Plain, page: Page, pdf: Pdf, said: Said) -> Iterator[Damage]:
    """Yield what has gone on the way from the Markdown by the HTML to the PDF."""
    if left_out := plain.words - page.main:
        yield said.of("left out", _list(left_out))
    lost = _lost(page, pdf)
    signs = {word for word in lost if not word.isalnum()}
    for sign in sorted(signs | set(pdf.painted.boxes)):
        yield said.of("character", sign)
    if words := Counter({word: n for word, n in lost.items() if word not in signs}):
        yield said.of("lost", _list(words))
    for number, sheet in enumerate(pdf.sheets, 1):
        yield from (said.of("edge", f"page {number}: {word}") for word in sheet.outside())
        yield from (said.of("covered", f"page {number}: {pair}") for pair in sheet.covered())
    if pdf.painted.outside:
        yield said.of("edge", f"{pdf.painted.outside} images")
    yield from _lost_images(plain, pdf, said)
    yield from _dead_links(plain, pdf, said)


def _lost(page: Page, pdf: Pdf) -> Counter[str]:
    """Count the words that are not there, not in pieces either nor run together with others.

    Lines end within words, and where words stand close Poppler sees no space between them: so a
    word is looked for in the text without spaces too. A single letter is in any word there; it is
    looked for in those that are not expected.
    """
    joined = "\n".join((pdf.words - page.words).elements())

    def is_gone(word: str, missing: int) -> bool:
        if len(word) > 1:
            return pdf.raw.count(word) < page.raw.count(word)
        return joined.count(word) < missing

    missing = page.words - pdf.words
    return Counter({word: n for word, n in missing.items() if is_gone(word, n)})


def _lost_images(plain: Plain, pdf: Pdf, said: Said) -> Iterator[Damage]:
    """Yield the images that findings name, and the rest together, if fewer are painted.

    Which ones are not there the file does not say.
    """
    lost = len(plain.images) + len(plain.diagrams) - pdf.painted.figures
    if lost > 0:
        images = [said.of("image", address) for address in plain.images]
        images += [said.of("diagram", kind) for kind in plain.diagrams]
        reported = [each for each in images if each.reported]
        yield from reported
        if lost > len(reported):
            rest = " ".join(each.what for each in images if not each.reported)
            yield Damage("image", f"{lost - len(reported)} of: {rest}")


def _dead_links(plain: Plain, pdf: Pdf, said: Said) -> Iterator[Damage]:
    for address in dict.fromkeys(plain.links):
        name = unquote(address)
        there, known = (name[1:], pdf.anchors) if name[:1] == "#" else (name, pdf.addresses)
        if there not in known:
            yield said.of("link", name)


def _list(words: Counter[str]) -> str:
    return " ".join(f"{word} x{n}" if n > 1 else word for word, n in words.most_common(30))
