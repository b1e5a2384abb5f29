"""Reading takes no more steps than the text is long, and gives what the library gives."""

import re
import string
import sys
from collections import Counter
from types import CodeType, FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins import gfm_autolink
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
_LONG = (
    "id: ",
    ":::",
    "::: note ",
    "# a\n",
    "a\n=\n",
    "- [ ] a\n",
    "[",
    "![",
    "^[",
    "a@b.c ",
    "a@ ",
    "mailto: ",
)
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
    "[x][r]\n",
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


FEW = 60
Place = tuple[CodeType, int]
"""A line of Python."""


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no address be longer than 20 characters: then a small text shows how the work grows."""
    monkeypatch.setattr(linear, "_MOST", 20)
    monkeypatch.setattr(linear, "_TOO_LONG", re.compile(r"\S{20}"))


def read(part: str, times: int) -> None:
    body = part * times + "\n\n[r]: /u\n"
    markdown.read(body, "f.md", 1)
    markdown.to_html(body, lambda address: address, lambda address: address)


def steps(part: str, times: int) -> Counter[Place]:
    """Return how often each line of Python runs while a text is read."""
    found: Counter[Place] = Counter()

    def count(frame: FrameType, event: str, _: object) -> object:
        if event == "line":
            found[frame.f_code, frame.f_lineno] += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        read(part, times)
    finally:
        sys.settrace(before)
    return found


@pytest.mark.parametrize("part", _LONG)
def test_no_line_runs_more_than_ten_times_as_often_for_ten_times_the_text(
    part: str, short: None
) -> None:
    read(part, 1)  # what is made once
    few, many = steps(part, FEW), steps(part, 10 * FEW)
    assert {place: n for place, n in many.items() if n > 12 * max(few[place], FEW)} == {}


@pytest.mark.parametrize("part", _LONG)
def test_the_library_looks_for_addresses_in_ten_times_as_much_for_ten_times_the_text(
    part: str, short: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does so by regular expressions too, which run no line of Python."""
    seen = 0

    def counted(rule: linear.Rule) -> linear.Rule:
        def count(state: StateInline, silent: bool) -> bool:
            nonlocal seen
            seen += len(state.pending) + state.posMax - state.pos
            return rule(state, silent)

        return count

    def shown(times: int) -> int:
        nonlocal seen
        seen = 0
        parser.parse(part * times)
        return seen

    for name in ("_www_inline_rule", "_protocol_rule", "_email_rule"):
        monkeypatch.setattr(gfm_autolink.index, name, counted(getattr(gfm_autolink.index, name)))
    parser = MarkdownIt("commonmark")
    linear.bare_addresses(parser)
    assert shown(10 * FEW) <= 12 * max(shown(FEW), FEW)
