"""Reading takes no longer than the text is long, and gives what the library gives."""

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from qms_docs.text import markdown
from qms_docs.text.markdown import linear, profile

_PARTS = ("# a\n", "# a-1\n", "\n", "a", " ", "- [ ] b\n", "- [x] c\n", "  1. [X] d\n", "- e\n")
_PARTS += (
    "[",
    "](x)",
    "![",
    "^",
    ":",
    "*",
    "`",
    "> ",
    "http://a.b ",
    "xhttps://c ",
    "mailto:a@b.c",
)
_SIGNS = (
    *string.punctuation,
    "w",
    "www.a.b",
    "a@b.c",
    "{{x}}",
    "{#a}",
    "[^1]",
    "[^1]: d\n",
    "&amp;",
)
_LONG = ("id: ", ":::", "::: note ", "# a\n", "a\n=\n", "- [ ] a\n", "[", "![", "^[", "a@b.c ")
_LONG += (
    " https:// ",
    "_www._",
    "http://a.b))))",
    "\ufeff",
    "CSC-QP-12 ",
    "[a](b) ",
    "[a](b%20c) ",
    "a\u200b",
    "|a|\n|-|\n\n",
    "[x][r] ",
)


def rendered(text: str) -> tuple[str, str]:
    """Return the HTML that we make and that the library makes."""
    theirs = MarkdownIt("commonmark")
    gfm_autolink_plugin(theirs)
    tasklists_plugin(theirs)
    anchors_plugin(theirs, max_level=6, slug_func=markdown.slug)
    ours = MarkdownIt("commonmark")
    linear.bare_addresses(ours)
    linear.task_lists(ours)
    linear.anchors(ours, markdown.slug)
    linear.brackets(ours)
    linear.stops(ours)
    return ours.render(text), theirs.render(text)


@given(st.lists(st.sampled_from(_PARTS), max_size=30).map("".join))
def test_the_same_comes_out_as_from_the_library(text: str) -> None:
    ours, theirs = rendered(text)
    assert ours == theirs


@given(st.lists(st.sampled_from(_PARTS + _SIGNS), max_size=30).map("".join))
def test_what_ends_at_fewer_signs_is_read_as_if_it_ended_at_all(text: str) -> None:
    library = MarkdownIt("commonmark")
    gfm_autolink_plugin(library)
    theirs = profile.parser.__wrapped__()
    theirs.inline.terminator_re = library.inline.terminator_re
    assert profile.parser().parse(text, {}) == theirs.parse(text, {})


@pytest.mark.parametrize("before", [0, 990, 1000, 3000])
@pytest.mark.parametrize("address", ["http://a.b/c", "www.a.b", "d@a.b", "mailto:d@a.b"])
def test_an_address_far_into_a_text_is_the_same_link(before: int, address: str) -> None:
    ours, theirs = rendered("x" * before + " " + address + " y")
    assert ours == theirs


def test_an_address_too_long_to_be_one_stays_text() -> None:
    assert "<a" not in rendered(f"http://a.b/{'c' * 1000}")[0]


@pytest.mark.parametrize("part", _LONG)
def test_ten_times_the_text_takes_about_ten_times_as_long(part: str) -> None:
    def seconds(times: int) -> float:
        body = part * times + "\n\n[r]: /u\n"
        begun = time.process_time()
        markdown.read(body, "f.md", 1)
        markdown.to_html(body, lambda address: address, lambda address: address)
        return time.process_time() - begun

    few = 4_000 // len(part)
    seconds(few)
    assert min(seconds(10 * few), seconds(10 * few)) < 40 * max(seconds(few), 0.01)
