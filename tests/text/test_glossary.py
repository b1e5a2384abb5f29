"""How words of the glossary are looked for in a text."""

import pytest

from qms_docs.text.glossary import Wording


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("work order", "Work orders, a work order", ["Work order", "work order"]),
        ("work order", "a work\norder", ["work\norder"]),
        ("work order", "network order, work ordering, rework-order", []),
        ("ticket", "a `ticket`, {{ticket}}, [x](ticket.md), tickets", ["ticket"]),
        ("Trainer", "the trainer and the Trainer", ["Trainer"]),
        ("工单", "开立工单，工单号", ["工单", "工单"]),
        ("loss", "[CSC-WI-10-05 Loss report](x.md) and loss", ["loss"]),
        ("loss", "[a loss](x.md)", ["loss"]),
    ],
)
def test_where_a_word_stands(word: str, text: str, expected: list[str]) -> None:
    assert [text[start:stop] for start, stop in Wording(text).spans(word)] == expected


def test_what_is_worded_elsewhere_is_left_out() -> None:
    text = "CSC-FM-10-02 Service work order; a work order"
    said = Wording(text)
    said.without("CSC-FM-10-02 Service work order")
    assert [start for start, _ in said.spans("work order")] == [text.rindex("work order")]
