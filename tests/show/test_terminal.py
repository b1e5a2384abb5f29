"""What a terminal may be sent."""

import pytest

from qms_docs.show.terminal import visible


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("投诉处理，100 %\u3000\U0001f4de", "投诉处理，100 %\u3000\U0001f4de"),
        ("a\x1b[2Jb\x07", "a\ufffd[2Jb\ufffd"),
        ("a\nb\r\tc", "a b\ufffd\ufffdc"),
        ("a\u202egnp.b", "a\ufffdgnp.b"),
        ("a\x9b31mb\x7f", "a\ufffd31mb\ufffd"),
    ],
)
def test_a_line_stays_on_its_line_and_gives_no_orders(line: str, shown: str) -> None:
    assert visible(line) == shown
