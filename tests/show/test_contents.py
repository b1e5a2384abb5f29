"""When a printed document begins with a list of its headings."""

import pytest

from qms_docs.show import page
from qms_docs.words.printing import Material
from tests.conftest import BASE, load, tree

PROCEDURE = "procedures/CSC-QP-01.md"
LIST = '<nav class="contents">'


def printed(headings: int, words: int) -> str:
    """Return the page of a procedure with so many headings more, and so many words."""
    files = tree(BASE)
    more = "".join(f"\n### Part {number}\n\nText.\n" for number in range(headings))
    files[PROCEDURE] += more.encode() + b"\nword" * words + b"\n"
    document = load(files).find("CSC-QP-01")
    assert document
    return page.print_job(document, load(files), Material(files.__getitem__)).html


def test_a_long_document_lists_its_headings_and_a_short_one_does_not() -> None:
    assert LIST in printed(9, 3000)
    assert LIST not in printed(9, 9)


def test_a_few_headings_need_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    own = printed(0, 9).count("<h2") + printed(0, 9).count("<h3")
    monkeypatch.setattr(page, "LISTED_FROM", own + 1)
    assert LIST not in printed(0, 3000)
    assert LIST in printed(1, 3000)
