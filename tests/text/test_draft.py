"""A new document is in order at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs import check
from qms_docs.text import draft, frontmatter
from tests.conftest import BASE, TYPED, found, load, tree

BASE_FILES = tree(BASE)
POLICY = load(BASE_FILES).policy
NEW = {
    "manual": ("CSC-QM-02", "manual/CSC-QM-02.md"),
    "procedure": ("CSC-QP-02", "procedures/CSC-QP-02.md"),
    "instruction": ("CSC-WI-01-01", "procedures/instructions/CSC-WI-01-01.md"),
    "role": ("CSC-RS-03", "manual/roles/CSC-RS-03.md"),
}


@pytest.mark.parametrize("key", NEW)
def test_a_new_master_of_each_type_is_in_order_as_it_is(key: str) -> None:
    identification, path = NEW[key]
    text = draft.master(POLICY, POLICY.types[key], identification, "Call-backs", "CSC-QM-01")
    manual = load({**BASE_FILES, path: text})
    assert found(check.run(manual)) == []
    document = manual.find(identification)
    assert document is not None
    assert (document.title, document.revision, document.language) == ("Call-backs", 1, "en")
    assert document.control.review_months == POLICY.types[key].review_months
    assert document.control.approvers == ("CSC-RS-01",)


def test_a_new_master_has_the_sections_of_its_type_in_their_order() -> None:
    text = draft.master(POLICY, POLICY.types["procedure"], "CSC-QP-02", "Call-backs", None)
    sections = [line for line in text.splitlines() if line.startswith("## ")]
    assert sections == ["## Purpose", "## Description of activities", "## Records"]
    assert "parent:" not in text


def test_a_new_translation_lacks_only_what_its_master_states() -> None:
    text = draft.translation(
        POLICY, POLICY.types["role"], "CSC-RS-01", "总经理：岗位", "zh-CN", revision=1
    )
    manual = load({**BASE_FILES, "manual/roles/CSC-RS-01.zh-CN.md": text})
    still_to_write = ["manual/roles/CSC-RS-01.zh-CN.md:15:1 QMS720 missing"]
    assert found(check.run(manual)) == still_to_write
    document = manual.find("CSC-RS-01", "zh-CN")
    assert document is not None
    assert (document.title, document.translation_of) == ("总经理：岗位", 1)
    assert "## 职责\n" in text


@given(st.text(alphabet=TYPED, min_size=1, max_size=30))
def test_any_title_is_written_so_that_it_reads_back(title: str) -> None:
    text = draft.master(POLICY, POLICY.types["role"], "CSC-RS-03", title, None)
    assert frontmatter.split(text.encode(), "f").metadata["title"] == title
