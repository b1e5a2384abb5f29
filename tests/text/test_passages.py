"""What a redline marks, as passages for readers who get no page."""

import pytest

from qms_docs.text.redline import redline
from qms_docs.text.redline.passages import Passage, Run, passages, shortened


def found(old: str, new: str) -> list[Passage]:
    return list(passages(redline(old, new).html))


def test_a_changed_paragraph_is_told_with_its_section() -> None:
    old = '<h2 id="a">Limits</h2>\n<p>An answer within 15 days.</p>\n<p>The same.</p>\n'
    assert found(old, old.replace("15", "10")) == [
        Passage(
            "Limits",
            (
                Run("", "An answer within "),
                Run("del", "15"),
                Run("ins", "10"),
                Run("", " days."),
            ),
        )
    ]


def test_what_did_not_change_is_not_told() -> None:
    html = "<h2>One</h2>\n<p>Two</p>\n<ul>\n<li>Three</li>\n</ul>\n"
    assert found(html, html) == []


def test_a_whole_paragraph_that_came_or_went_is_told() -> None:
    assert found("<p>One</p>\n", "<p>One</p>\n<p>Two words</p>\n") == [
        Passage("", (Run("ins", "Two words"),))
    ]
    assert found("<p>One</p>\n<p>Two words</p>\n", "<p>One</p>\n") == [
        Passage("", (Run("del", "Two words"),))
    ]


def test_a_row_is_told_as_a_whole() -> None:
    row = "<table>\n<thead>\n<tr><th>Step</th><th>Role</th></tr>\n</thead>\n<tbody>\n"
    old = f"{row}<tr><td>Call</td><td>Agent</td></tr>\n</tbody>\n</table>\n"
    (passage,) = found(old, old.replace("Agent", "Manager"))
    assert passage.runs == (Run("", "Call | "), Run("del", "Agent"), Run("ins", "Manager"))


def test_an_item_is_told_once_and_not_with_the_items_in_it() -> None:
    old = "<ul>\n<li>Outer\n<ul>\n<li>Inner one</li>\n</ul>\n</li>\n</ul>\n"
    (passage,) = found(old, old.replace("one", "two"))
    assert passage.runs == (Run("", "Inner "), Run("del", "one"), Run("ins", "two"))


def test_a_link_that_leads_elsewhere_is_told_as_that() -> None:
    old = '<p>See <a href="https://a.example">the page</a> now.</p>\n'
    (passage,) = found(old, old.replace("a.example", "b.example"))
    assert passage.runs == (Run("", "See "), Run("format", "the page"), Run("", " now."))


def test_an_image_that_changed_is_told_by_the_words_that_describe_it() -> None:
    old = '<p><img src="a.png" alt="The process" /></p>\n'
    (passage,) = found(old, old.replace("a.png", "b.png"))
    assert passage.runs == (Run("image", "[The process]"),)


def test_words_that_describe_an_image_are_compared() -> None:
    old = '<p><img src="a.png" alt="Before" /></p>\n'
    (passage,) = found(old, '<p><img src="a.png" alt="After" /></p>\n')
    assert [run.mark for run in passage.runs] == ["del", "ins"]


def test_a_section_that_moved_is_told_where_it_was() -> None:
    parts = [
        f'<h2 id="s{number}">Section {word}</h2>\n<p>{word} text of many words that stay.</p>\n'
        for number, word in enumerate(("alpha", "beta", "gamma", "delta"))
    ]
    moved = found("".join(parts), "".join([*parts[1:], parts[0]]))
    assert [each.is_moved for each in moved] == [True]
    assert "Section alpha" in moved[0].runs[0].text


def test_only_the_sentence_around_a_change_is_kept() -> None:
    long = "One sentence that is long and has nothing to do with it whatsoever, really not. " * 4
    passage = Passage("", (Run("", f"{long}Within "), Run("ins", "10"), Run("", f" days. {long}")))
    assert shortened(passage).runs == (
        Run("", "… Within "),
        Run("ins", "10"),
        Run("", " days. …"),
    )


@pytest.mark.parametrize("text", ["", "Short."])
def test_what_is_short_stays(text: str) -> None:
    runs = (Run("ins", "New"), Run("", text)) if text else (Run("ins", "New"),)
    assert shortened(Passage("", runs)).runs == runs


def test_between_two_changes_of_a_long_sentence_something_is_left_out() -> None:
    passage = Passage("", (Run("ins", "A"), Run("", "x " * 200), Run("del", "B")))
    middle = shortened(passage).runs[1].text
    assert " … " in middle
    assert len(middle) < 200
