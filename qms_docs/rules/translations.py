"""7xx, from 720 on: a translation states what its master states (ISO 9001:2015, 7.5.2 b)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from qms_docs.judge import parallel
from qms_docs.rules.registry import rule
from qms_docs.text.markdown import outline
from qms_docs.words.findings import Finding, Place
from qms_docs.words.manual import Manual

_BASIS = "ISO 9001:2015 7.5.2 b"
_READ_IN_WORDS = frozenset({"en", "zh"})
"""Languages whose numbers are understood when they are written in words."""


@rule("QMS720", "differing-translation", basis=_BASIS, requires=("QMS108", "QMS110", "QMS115"))
def differing(manual: Manual) -> Iterator[Finding]:
    """A translation states something else than its master.

    Why:
        Staff follow the text of their own language. A step that only one language has is a rule for
        half of the people; a limit of 10 days in one and of 15 in the other is two rules, and who
        reads one of them does not see it. Headings, paragraphs, items, rows, boxes and diagrams are
        compared in their order, and in each of them numbers, identifications, parameters, links,
        images and notes, of a table cell by cell. A number may stand in words in one of the two
        languages. Words are not compared.
    Bad:
        master: within 10 days (CSC-FM-12-01); translation: 15日内
    Good:
        master: within 10 days (CSC-FM-12-01); translation: 10日内（CSC-FM-12-01）
    """
    address = _addresses(manual)
    for document in manual.documents:
        master = None if document.is_master else manual.find(document.id)
        # Of a translation of another revision QMS108 says all there is to say.
        if master is None or document.translation_of != master.revision:
            continue
        tags = {each.language.split("-")[0] for each in (master, document)}
        found = parallel.differences(
            master.source, document.source, address, tags <= _READ_IN_WORDS
        )
        for each in found:
            values = {
                "master": each.master or "–",
                "here": each.here or "–",
                "line": str(each.master_line),
            }
            yield Finding("QMS720", Place(document.path, each.line), each.case, values)


def _addresses(manual: Manual) -> parallel.Address:
    """Return a function that names a heading by its number: its anchor is in its own language."""

    @cache
    def numbered() -> Mapping[str, Mapping[str, int]]:
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for source in manual.sources:
            for number, heading in enumerate(source.content.headings):
                found[outline.neutral(source.path)].setdefault(heading.anchor, number)
        return found

    def address(target: str) -> str:
        path, mark, anchor = target.partition("#")
        return f"{path}{mark}{numbered().get(path, {}).get(anchor, anchor)}"

    return address


RULES = (differing,)
