"""Acceptance: a file that nobody could read rightly is refused, and says where and why.

Each kind of break here was seen in the history of public handbooks; the texts are our own. Every
one must end in findings with line and reason, never in a traceback, and what stands in the file
must never pass for the text of a document.
"""

import re
from typing import NamedTuple

import pytest

from tests.outer import Repo

PATH = "procedures/CSC-QP-02.md"
FIELDS = """\
id: CSC-QP-02
type: procedure
title: Call-backs
language: en
revision: 1
owner: CSC-RS-02
reviewers: [CSC-RS-02]
approvers: [CSC-RS-01]
effective: on-release
review_months: 12
change: {class: major, reason: First issue, summary: First issue of the procedure.}
classification: internal
parent: CSC-QM-01
"""
BODY = """\

## Purpose

Every call-back is made in time.

## Description of activities

The Quality Manager calls back within 1 working day.

## Records

CSC-FM-01-01 Complaint file.
"""
GOOD = f"---\n{FIELDS}---\n{BODY}"
OURS, MIDDLE, THEIRS = "<<<<<<< HEAD\n", "=======\n", ">>>>>>> 3f2a91c4\n"


class Break(NamedTuple):
    """A file and what must be said of it."""

    text: str | bytes
    line: int
    reason: str


def changed(old: str, new: str, text: str = GOOD) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def conflict(line: str, text: str = GOOD) -> str:
    """Put a line into a conflict: it and a changed one as the two sides."""
    return changed(line, f"{OURS}{line}{MIDDLE}{line.replace('C', 'K')}{THEIRS}", text)


BREAKS = {
    "conflict in the fields": Break(conflict("title: Call-backs\n"), 4, "merge"),
    "conflict in a group of fields": Break(
        changed("owner: ", f"{OURS}owner: a\n{MIDDLE}owner: b\n{THEIRS}owner: "), 7, "merge"
    ),
    "conflict before the first line": Break(f"{OURS}{GOOD}{MIDDLE}{GOOD}{THEIRS}", 1, "merge"),
    "conflict at the fence": Break(conflict("---\n", FIELDS + "---\n"), 14, "merge"),
    "conflict in the text": Break(conflict("CSC-FM-01-01 Complaint file.\n"), 27, "merge"),
    "conflict half resolved": Break(GOOD + THEIRS, 28, "merge"),
    "conflict with its base": Break(GOOD + f"||||||| 1a2b\nold\n{MIDDLE}", 28, "merge"),
    "conflict in a text of another system": Break(
        conflict("CSC-FM-01-01 Complaint file.\n").replace("\n", "\r\n"), 27, "merge"
    ),
    "no fields at all": Break(BODY.lstrip(), 1, "does not start with its fields"),
    "no first fence": Break(FIELDS + "---\n" + BODY, 1, "does not start with its fields"),
    "empty line before the fence": Break("\n" + GOOD, 1, "does not start with its fields"),
    "no last fence": Break("---\n" + FIELDS + BODY, 1, "no line --- at its end"),
    "last fence of four dashes": Break(f"---\n{FIELDS}----\n{BODY}", 1, "no line --- at its end"),
    "text with a colon": Break(changed("Call-backs\n", "Call-backs: when\n"), 4, "a colon"),
    "address typed twice": Break(changed("en\n", "url: https://x/?a=b\n"), 5, "a colon"),
    "words behind the quotation mark": Break(
        changed("Call-backs\n", '"Call-backs" to customers\n'), 4, "where a new field may start"
    ),
    "quotation mark without partner": Break(
        changed("Call-backs\n", '"Call-backs\n'), 4, "a quotation mark has no partner"
    ),
    "no colon": Break(changed("type: procedure\n", "type procedure\n"), 4, "a colon"),
    "full-width colon": Break(changed("type: procedure\n", "type\uff1aprocedure\n"), 4, "a colon"),
    "no space after the colon": Break(changed("type: p", "type:p"), 4, "a colon"),
    "tab before a field": Break(changed("type: p", "\ttype: p"), 3, "tab"),
    "copied into itself": Break(
        changed("Call-backs\n", '"---\ntitle: "x"\n'), 5, "where a new field may start"
    ),
    "Windows-1252 apostrophe": Break(GOOD.encode() + b"the customer\x92s call\n", 28, "0x92"),
    "Windows-1252 dash": Break(changed("in time", "\x96").encode("latin-1"), 19, "0x96"),
    "UTF-16 with its mark": Break(GOOD.encode("utf-16"), 1, "0xff"),
    "UTF-16 without a mark": Break(GOOD.encode("utf-16-be"), 1, "does not start with its fields"),
    "GB 18030": Break(changed("Call-backs", "回电").encode("gb18030"), 4, "0xbb"),
    "byte order mark": Break(b"\xef\xbb\xbf" + GOOD.encode(), 1, "byte order mark"),
    "control character": Break(changed("Call-backs", "Call\x0bbacks"), 4, "U+000B"),
    "field twice": Break(changed("title: ", "title: Old\ntitle: "), 5, "stands here twice"),
    "date that does not exist": Break(
        changed("on-release", "2027-02-29T09:00:00+08:00"), 10, "not a date and time that exists"
    ),
    "list instead of fields": Break("---\n- id: CSC-QP-02\n---\n" + BODY, 2, "not a list of"),
    "empty file": Break("", 1, "does not start with its fields"),
    "Git LFS pointer": Break(
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 9\n", 1, "fields"
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_break_is_named_with_line_and_reason_and_is_no_text(small: Repo, name: str) -> None:
    broken = BREAKS[name]
    small.write(PATH, broken.text)
    answer = small.ask("check", "--json")
    found = [item for item in answer.json["findings"] if item["path"] == PATH]
    assert answer.code == 1
    assert (found[0]["line"], bool(found[0]["hint"])) == (broken.line, True)
    assert broken.reason in found[0]["message"]
    assert re.match("QMS10[124]$", found[0]["code"])
    listed = small.ask("list", "documents", "--json").out
    assert "CSC-QP-01" in listed
    assert "CSC-QP-02" not in listed


def test_the_file_without_a_break_is_in_order(small: Repo) -> None:
    small.write(PATH, GOOD)
    assert small.ask("check").code == 0


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_a_break_in_a_commit_is_the_same_as_in_the_work_tree(small: Repo, name: str) -> None:
    small.write(PATH, BREAKS[name].text)
    here = small.ask("check", "--json").json["findings"]
    small.commit()
    assert small.ask("check", "--json", "--commit", "HEAD").json["findings"] == here


@pytest.mark.parametrize("file", ["manual/forms.yaml", "manual/policy.yaml"])
@pytest.mark.parametrize("mark", [OURS, THEIRS, "||||||| base\n"])
def test_a_data_file_with_a_conflict_is_refused_as_well(small: Repo, file: str, mark: str) -> None:
    text = (small.root / file).read_text("utf-8")
    small.write(file, text + mark)
    answer = small.ask("check", "--json")
    assert answer.code == 1
    assert ("QMS101", file, text.count("\n") + 1) in answer.findings
