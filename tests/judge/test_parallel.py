"""Two languages of one text: what they must have in common, and what each may say its own way."""

import pytest

from qms_docs.judge import parallel
from qms_docs.text import markdown
from qms_docs.words.model import Source


def text(body: str, path: str = "p/X.md") -> Source:
    return Source(path, body=body, content=markdown.read(body, path, 1))


def found(master: str, translation: str, reads_words: bool = True) -> list[str]:
    differences = parallel.differences(
        text(master), text(translation, "p/X.zh-CN.md"), lambda target: target, reads_words
    )
    return [f"{each.case} {each.line} {each.master} > {each.here}" for each in differences]


@pytest.mark.parametrize(
    ("master", "translation"),
    [
        ("within 15 days", "15日内"),
        ("on the third working day", "第3个工作日"),
        ("two months in a row", "连续2个月"),
        ("twice a month", "每月2次"),
        ("3 times", "三次"),
        ("by 31 December", "12月31日前"),
        ("50,000 CNY", "5万元"),
        ("09:00 to 18:00", "09:00–18:00"),
        ("99.9 %", "99.9%"),
        ("within an hour", "1小时内"),
        ("ISO 9001:2015 (GB/T 19001-2016)", "GB/T 19001-2016（ISO 9001:2015、ISO 9001:2015）"),
        ("CSC-FM-12-01 and CSC-QP-11", "CSC-QP-11和CSC-FM-12-01"),
        ("[File](Y.md) and ![a](b.svg)", "[文件](Y.zh-CN.md)和![甲](b.zh-CN.svg)"),
        ("## Limits\n\nsee [these](#limits)", "## 时限\n\n见[时限](#时限)"),
        ("a\n\nb[^1] c[^2]\n\n[^1]: one\n[^2]: 5", "甲\n\n乙[^1]丙[^2]\n\n[^1]: 一\n[^2]: 5"),
        ("- 1 day\n- 2 days", "- 1日\n- 2日"),
        ("| A | B |\n|---|---|\n| – | x |", "| 甲 | 乙 |\n|---|---|\n| — | 丙 |"),
    ],
)
def test_what_is_the_same_in_two_languages(master: str, translation: str) -> None:
    assert found(master, translation) == []


@pytest.mark.parametrize(
    ("master", "translation", "expected"),
    [
        ("within 15 days", "10日内", ["number 1 15 > 10"]),
        ("on the third day", "第4日", ["number 1  > 4"]),
        ("5 and 5 days", "5日", ["number 1 5 > "]),
        ("CSC-FM-12-01", "CSC-FM-12-02", ["identification 1 CSC-FM-12-01 > CSC-FM-12-02"]),
        ("{{a}} {{b}}", "{{a}}", ["parameter 1 b > "]),
        ("## A\n\n## B\n\n[x](#a)", "## 甲\n\n## 乙\n\n[x](#乙)", ["link 5 p/X.md#0 > p/X.md#1"]),
        ("## A\n\nb", "### 甲\n\n乙", ["level 1 ## A > ### 甲"]),
        ("a\n\nb 1\n\nc", "甲\n\n丙", ["missing 3 b 1 > "]),
        ("a\n\nc", "甲\n\n乙 1\n\n丙", ["added 3  > 乙 1"]),
        ("1. a", "- 甲", ["list 1 1. a > - 甲"]),
        ("::: note\na\n:::", "::: warning\n甲\n:::", ["box 1 ::: note > ::: warning"]),
    ],
)
def test_what_differs_is_told_at_its_line(
    master: str, translation: str, expected: list[str]
) -> None:
    assert found(master, translation) == expected


def test_of_a_language_that_is_not_read_a_number_in_words_is_no_difference() -> None:
    assert found("within 3 days", "innerhalb von drei Tagen", reads_words=False) == []
    assert found("within 3 days", "in 4 Tagen", reads_words=False) == ["number 1 3 > 4"]


def test_no_more_is_told_than_is_of_use() -> None:
    master = "\n\n".join(f"{number} days" for number in range(100, 200))
    translation = "\n\n".join(f"{number}日" for number in range(200, 300))
    assert len(found(master, translation)) == parallel.MOST


def test_a_row_that_is_left_out_is_named_and_no_other() -> None:
    head = "| A | B |\n|---|---|\n"
    rows = [f"| {number} | CSC-FM-12-{number:02} |\n" for number in range(1, 20)]
    assert found(head + "".join(rows), head + "".join(rows[:7] + rows[8:])) == [
        "missing 10 | 8 | CSC-FM-12-08 | > "
    ]
