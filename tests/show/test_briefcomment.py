"""The comment of a pull request: what it says, what nobody can make it say, how long it is."""

import re

import pytest

from qms_docs.show import briefcomment
from qms_docs.show.briefs import Brief, Point, Said
from qms_docs.text import messages
from qms_docs.text.redline.passages import INSERTED, Passage, Run
from qms_docs.words.evidence import Grade, Meaning
from tests.show import briefsamples
from tests.show.test_harmless import ACTIVE, ATTACKS, rendered

MARK = briefcomment.marker("0" * 64, 7)
LIMIT = 65_536

ENGLISH = """\
<!-- qms-docs 0000000000000000000000000000000000000000000000000000000000000000 7 -->

## What changes, and who must approve it

### CSC-QP-01 · Complaint handling

**Revision 1 → 2** · minor · States the time limits.  
Reason: Time limits were not stated  
⬜ **Not complete: 2 of 3 given**

- ✅ **Prepared** · signed · unchanged since Demo Drafter prepared it
- ✅ **Reviewed** · CSC-RS-02 Quality · approved by pull request · unchanged since Demo Quality reviewed it
- ⬜ **Approved** · CSC-RS-01 Manager · **missing**
- 🔁 **Changed since Demo Manager approved it: approve it again**
- What account 7 said does not count: the authority does not know the account

**To correct**

- A section is missing. (procedures/x.md:&#8203;4)  
  hint: Add it.

**Languages**

- ⬜ 中文: required; the text is still that of revision 1

<details><summary><b>What it touches</b></summary>

- Documents that refer to it: CSC-QM-01 Quality manual
- Must read it again: CSC-RS-02 Quality
- Clauses: ISO 9001:&#8203;2015: 8.2.1
- Forms and records: CSC-FM-01-01 Complaint file

</details>

<details><summary><b>What changes</b></summary>

- Owner: <del>CSC-RS-01</del> <ins>CSC-RS-02</ins>

*Limits*

- An answer within <del>15</del><ins>10</ins> days, see here.

</details>

Draft for reading, not in force: `CSC-QP-01.en.pdf`

All changes word by word, on one page: `review.html`

---
"""  # noqa: E501, W291  # two spaces end a line in Markdown
CHINESE = [
    "## 改了什么，由谁审批",
    "**修订号1 → 2** · 一般 · States the time limits.",
    "更改原因：Time limits were not stated",
    "⬜ **审批尚未齐全：2/3**",
    "- ✅ **编制** · 已签署 · Demo Drafter编制后未变",
    "- ✅ **审核** · CSC-RS-02 Quality · 审批确认（合并请求） · Demo Quality审核后未变",
    "- ⬜ **批准** · CSC-RS-01 Manager · **尚缺**",
    "- 🔁 **Demo Manager批准后有更改，须重新批准**",
    "- account 7的表态不算数：权限规定中没有该账号",
    "- ⬜ 中文：必须有译文；文本仍为修订号1",
    "- 须重新学习的岗位：CSC-RS-02 Quality",
]


def comment(brief: Brief, limit: int = LIMIT) -> str:
    return briefcomment.as_markdown(brief, MARK, limit)


def test_the_first_lines_say_what_changes_and_who_is_missing() -> None:
    assert comment(briefsamples.brief()).startswith(ENGLISH)


def test_the_same_is_said_in_chinese() -> None:
    lines = [line.rstrip() for line in comment(briefsamples.brief(language="zh-CN")).splitlines()]
    assert [line for line in CHINESE if line not in lines] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["It is no signature.", "Approvals of the others stay", "**Request changes**"]),
        ("zh-CN", ["审批确认", "不等同于签署", "其他文件的审批继续有效", "（要求修改）"]),
    ],
)
def test_a_click_is_explained_in_plain_words(language: str, words: list[str]) -> None:
    found = comment(briefsamples.brief(language=language))
    assert [each for each in words if each not in found] == []


def test_several_documents_begin_with_a_list_of_them() -> None:
    found = comment(briefsamples.brief(briefsamples.sheet(1), briefsamples.complete(2)))
    assert "- ⬜ **CSC-QP-01** Complaint handling · Not complete: 2 of 3 given" in found
    assert "- ✅ **CSC-QP-02** Complaint handling · All approvals are there" in found
    assert "### 2. CSC-QP-02" in found
    assert "on paper · unchanged since Demo Manager approved it" in found


def test_who_sends_back_is_named_first() -> None:
    back = (Said(Meaning.REJECTED, "Demo Quality", Grade.FORGE),)
    found = comment(briefsamples.brief(briefsamples.sheet(rejections=back)))
    assert "⛔ **Sent back**" in found
    assert "- ⛔ **Demo Quality has sent it back** · in the pull request" in found


def test_with_an_address_files_are_links() -> None:
    found = comment(briefsamples.brief(link="https://example.com/run/"))
    assert "[CSC-QP-01.en.pdf](https://example.com/run/CSC-QP-01.en.pdf)" in found
    assert "(https://example.com/run/review.html)" in found
    found = comment(briefsamples.brief(link="https://example.com/run"))
    assert "[CSC-QP-01.en.pdf](https://example.com/run)" in found


def test_what_cannot_be_judged_is_said_and_nothing_else() -> None:
    why = (Point("procedures/x.md cannot be read."),)
    found = comment(briefsamples.brief(sheets=(), elsewhere=why, is_judged=False))
    assert "Nothing can be said of this pull request" in found
    assert "- procedures/x.md cannot be read." in found
    assert "changes no controlled document" not in found


def test_a_pull_request_without_documents_says_so() -> None:
    assert "changes no controlled document" in comment(briefsamples.brief(sheets=()))


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_acts_closes_a_block_or_says_what_we_say(attack: str, language: str) -> None:
    found = comment(briefsamples.hostile(attack, language))
    honest = comment(briefsamples.hostile("words", language))
    assert found.startswith(MARK)
    assert found.count("<!--") == 1
    read = rendered(found)
    assert read.tags == rendered(honest).tags
    for sign in (briefcomment.GIVEN, briefcomment.OPEN, briefcomment.AGAIN, briefcomment.BACK):
        assert read.words.count(sign) == rendered(honest).words.count(sign)
    own = rendered(comment(briefsamples.brief(language=language))).nodes
    for name, pattern in ACTIVE.items():
        active = [node for node in read.nodes if re.search(pattern, node) and node not in own]
        assert active == [], name


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_line_with_a_sign_begins_as_ours(attack: str) -> None:
    for line in comment(briefsamples.hostile(attack)).splitlines():
        if "**" in line:
            assert re.match(r"(#|- |\*\*|✅|⬜|⛔|🔁|\*)", line)


def long(number: int, passages: int = 25) -> Brief:
    """Return a set of many documents with long changes."""
    many = tuple(
        Passage("Limits", (Run(INSERTED, f"{place} {'期限 ' * 100}"),)) for place in range(passages)
    )
    one = briefsamples.alteration()
    altered = (type(one)(one.language, many, one.comparison),)
    sheets = (briefsamples.sheet(place, alterations=altered) for place in range(1, number + 1))
    return briefsamples.brief(*sheets)


@pytest.mark.parametrize("number", [1, 10, 40, 400])
def test_no_comment_is_longer_than_a_forge_takes(number: int) -> None:
    found = comment(long(number))
    assert len(found.encode("utf-16-le")) // 2 <= LIMIT
    assert "What a click means" in found
    left = int((re.findall(r"(\d+) more documents are not shown", found) or ["0"])[0])
    told = found.count("\n### ")
    assert told + left == number
    assert ("as a comment can only be so long" in found) == (number >= 10)
    assert rendered(found).tags.count("details") == found.count("</details>")


def test_what_is_left_out_is_said_where_it_is_left_out() -> None:
    found = comment(long(10))
    assert found.count("What changes is left out here") >= 1
    assert found.count("### ") == 10
    assert "- ⬜ **Approved**" in found.rpartition("### ")[2]


def test_more_changes_than_fit_are_counted() -> None:
    assert "**7 more changes stand on the page.**" in comment(long(1, 37))
