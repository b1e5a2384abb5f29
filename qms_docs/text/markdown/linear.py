"""Parts of the library done in another way, so that reading takes no longer than the text is long.

They give what the library gives; with it, a page of repeated headings or of colons took minutes.
"""

import re
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

Rule = Callable[[StateInline, bool], bool]
_TASK = re.compile(r"\[([ xX])\](?=\s|$)")
_MOST = 1000
_TOO_LONG = re.compile(rf"\S{{{_MOST}}}")
_SCHEMES = ("http", "https", "mailto", "xmpp")
_STOP = re.compile(r"[\n!&*:<@[\\\]^_`{~w](?<!w(?!ww\.))")


def bare_addresses(markdown: MarkdownIt) -> None:
    """Make links of addresses that stand in the text, if they are no longer than 1,000 characters.

    The library looks at all of the text before and behind whatever could be one, also where it
    has nothing to make.
    """
    gfm_autolink_plugin(markdown)
    rules = {rule.name: rule.fn for rule in markdown.inline.ruler.__rules__}
    for name, sign in (("www", "w"), ("protocol", ":"), ("email", "@")):
        rule = rules[f"gfm_autolink_{name}"]
        markdown.inline.ruler.at(f"gfm_autolink_{name}", _near(rule, sign))


def _near(rule: Rule, sign: str) -> Rule:
    """Return a rule for addresses that sees only what is near their sign."""

    def near(state: StateInline, silent: bool) -> bool:
        start, end = state.pos, state.posMax
        if silent or state.src[start] != sign:
            return False  # silently it never makes anything
        if sign == ":" and not state.pending.endswith(_SCHEMES):
            return False
        if _TOO_LONG.match(state.src, start, end):
            return False
        far, state.pending = state.pending[:-_MOST], state.pending[-_MOST:]
        if far:  # joined again with the rest at the end
            near_by, state.pending = state.pending, far
            state.pushPending()
            state.pending = near_by
        state.posMax = min(end, start + _MOST)
        try:
            return rule(state, silent)
        finally:
            state.posMax = end

    return near


def task_lists(markdown: MarkdownIt) -> None:
    """Make boxes of `[ ]` and `[x]` at the start of items.

    The library looks back over all items of a list for its start, anew for each of them.
    """

    def mark(state: StateCore) -> None:
        lists: list[Token] = []
        for index, token in enumerate(state.tokens):
            if token.type in ("bullet_list_open", "ordered_list_open"):
                lists.append(token)
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                lists.pop()
            elif token.type == "list_item_open" and _make_box(state.tokens[index + 1 : index + 3]):
                token.attrSet("class", "task-list-item")
                lists[-1].attrSet("class", "contains-task-list")

    markdown.core.ruler.after("inline", "task_lists", mark)


def _make_box(tokens: Sequence[Token]) -> bool:
    """Put a box at the start of an item that asks for one; tell whether it does."""
    children = tokens[-1].children or []
    typed = _TASK.match(children[0].content) if children else None
    if typed is None or tokens[0].type != "paragraph_open" or children[0].type != "text":
        return False
    state = 'checked="checked" ' if typed[1] in "xX" else ""
    box = Token("html_inline", "", 0)
    box.content = (
        f'<input class="task-list-item-checkbox" {state}disabled="disabled" type="checkbox">'
    )
    children[0].content = children[0].content[3:]
    children.insert(0, box)
    return True


def brackets(markdown: MarkdownIt) -> None:
    """Take what could open a link, an image or a note for text where no `]` follows any more.

    The library looks for the end up to twenty times for each of them.
    """

    def as_text(state: StateInline, silent: bool) -> bool:
        char = state.src[state.pos]
        if char not in "[!^":
            return False
        if -1 not in state.cache:  # other keys are positions
            state.cache[-1] = state.src.rfind("]")
        is_text = state.pos > state.cache[-1]
        if is_text:
            state.pending += "" if silent else char
            state.pos += 1
        return is_text

    markdown.inline.ruler.before("link", "brackets", as_text)


def stops(markdown: MarkdownIt) -> None:
    """Let text end only where a rule of the profile may begin, or the words of a link end.

    The library stops at more signs, and at every w, and asks each of its rules in vain.
    """
    markdown.inline.terminator_re = _STOP


def anchors(markdown: MarkdownIt, slug: Callable[[str], str]) -> None:
    """Give each heading an `id` that no other has: its own, or the slug of its text.

    The second of a name ends with `-1`; the library counts from 1 for every heading anew.
    """

    def set_ids(state: StateCore) -> None:
        headings = [n for n, token in enumerate(state.tokens) if token.type == "heading_open"]
        taken = {str(state.tokens[n].attrs.get("id", "")) for n in headings}
        following: dict[str, int] = {}
        for index in headings:
            heading, inline = state.tokens[index : index + 2]
            if not heading.attrs.get("id"):
                words = (
                    child.content
                    for child in inline.children or []
                    if child.type in ("text", "code_inline")
                )
                heading.attrs["id"] = _free(slug("".join(words)), taken, following)

    markdown.core.ruler.push("anchors", set_ids)


def _free(name: str, taken: set[str], following: dict[str, int]) -> str:
    """Return a name that is not taken, and take it."""
    free, number = name, following.get(name, 1)
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    following[name] = number
    taken.add(free)
    return free
