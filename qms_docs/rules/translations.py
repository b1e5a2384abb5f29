"""7xx, from 720 on: a translation states what its master states (ISO 9001:2015, 7.5.2 b)."""

from collections.abc import Iterator

from qms_docs.judge import translations
from qms_docs.rules.registry import rule
from qms_docs.words.findings import Finding, Place
from qms_docs.words.manual import Manual

_BASIS = "ISO 9001:2015 7.5.2 b"


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
    # Of a translation of another revision QMS108 says all there is to say.
    for document, each in translations.differences(manual):
        values = {
            "master": each.master or "–",
            "here": each.here or "–",
            "line": str(each.master_line),
        }
        yield Finding("QMS720", Place(document.path, each.line), each.case, values)


RULES = (differing,)
