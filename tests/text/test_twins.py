"""Which lines of two texts belong together: those that the redline marks as one."""

from pathlib import Path

import pytest

from qms_docs.text.markdown import to_html
from qms_docs.text.redline import redline
from qms_docs.text.redline.blocks import Block
from qms_docs.text.redline.twins import Twins, lines_of, twins
from tests.text.test_redline import CASES


def html(text: str) -> str:
    return to_html(text, lambda target: target, lambda target: target)


def compare(old: str, new: str) -> Twins:
    return twins(html(old), html(new))


def words(block: Block) -> str:
    return "".join(token.gap + token.text for line in lines_of(block) for token in line.tokens)


def pairs(found: Twins) -> list[tuple[str, str]]:
    return [
        (" / ".join(map(words, pair.old)), " / ".join(map(words, pair.new)))
        for pair, _ in found.lines
    ]


def test_lines_are_paired_as_in_a_redline() -> None:
    found = compare("## A\n\nOne file goes.\n\n- a\n- b", "## A\n\nOne file stays.\n\n- b\n- c")
    assert pairs(found) == [
        ("A", "A"),
        ("One file goes.", "One file stays."),
        ("a", ""),
        ("b", "b"),
        ("", "c"),
    ]


def test_rows_and_columns_that_are_alone_are_told_once() -> None:
    old = "| T | M |\n|--|--|\n| set | goes |\n| digest | stays |"
    new = "| T | M | N |\n|--|--|--|\n| set | goes | x |"
    assert pairs(compare(old, new)) == [
        ("T", "T"),
        ("M", "M"),
        ("", "N"),
        ("set", "set"),
        ("goes", "goes"),
        ("digeststays", ""),
    ]


def test_a_column_that_only_counts_is_left_out() -> None:
    old = "| No | M |\n|--|--|\n| 1 | goes |\n| 2 | stays |"
    new = "| No | M |\n|--|--|\n| 1 | new |\n| 2 | goes |\n| 3 | stays |"
    assert ("1", "2") not in pairs(compare(old, new))


def test_a_section_that_moved_is_paired_and_named() -> None:
    one, two = ("## A\n\nThe long text of one.", "## B\n\nWholly other words stand here.")
    found = compare(f"{one}\n\n{two}", f"{two}\n\n{one}")
    assert [words(pair.new[0]) for pair in found.moved] in (["A"], ["B"])
    assert all(old == new for old, new in pairs(found))


def test_anchors_follow_the_blocks_that_bear_them() -> None:
    found = compare("## Old name here\n\n[x](a){#k} y", "## New name here\n\n[x](a){#k} y")
    assert found.anchors["old-name-here"] == "new-name-here"
    assert found.anchors["k"] == "k"


def test_a_list_that_starts_with_another_number_is_named() -> None:
    assert len(compare("3. a\n4. b", "4. a\n5. b").renumbered) == 1
    assert compare("3. a\n4. b", "3. a\n4. c").renumbered == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_line_is_told_twice_and_a_change_is_one_of_both(case: Path) -> None:
    old, new = (html((case / f"{name}.md").read_text("utf-8")) for name in ("old", "new"))
    found = twins(old, new)
    for side in (0, 1):
        told = [key for pair, _ in found.lines for block in pair[side] for key in _keys(block)]
        assert len(told) == len(set(told))
    assert bool(any(redline(old, new).changes)) == (
        any(not pair.is_same for pair, _ in found.lines) or bool(found.moved or found.renumbered)
    )


def _keys(block: Block) -> list[int]:
    return [id(line) for line in lines_of(block)]
