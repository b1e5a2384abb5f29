"""What a change touches: what holds for any two texts, for each listed word and each field."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qms_docs.judge.substance import Touched, touched
from qms_docs.text.closure import Inclusion
from qms_docs.text.meaning.lexicon import lexicon
from tests.judge.substances import FRONT, document


def kinds(old: str, new: str, language: str = "en") -> list[str]:
    before, after = (document(text, language=language) for text in (old, new))
    return [each.kind for each in touched(before, after)]


# What holds for any two texts.

WORDS = ["agent", "calls", "15", "the", "days", "客户", "投诉", "2日", "**bold**", "`F2`"]
WORDS += [
    "[link](a7.md)",
    "![map 4](a.png)",
    "[^1]",
    "&amp;",
    ".",
    "。",
    "~~old~~",
    "{{limit}}",
    "not",
]
line = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
block = st.one_of(
    line,
    line.map("## {}".format),
    st.lists(line, min_size=1, max_size=4).map(lambda items: "- " + "\n- ".join(items)),
    st.lists(line, min_size=1, max_size=4).map(lambda items: "1. " + "\n1. ".join(items)),
    st.lists(line, min_size=1, max_size=3).map(
        lambda rows: "| a | b |\n|---|---|\n" + "".join(f"| {row} | x |\n" for row in rows)
    ),
    line.map("Term 3\n: {}".format),
    line.map("```text\n{}\n```".format),
    line.map("> {}".format),
    line.map("::: note\n{}\n:::".format),
)
body = st.lists(block, min_size=1, max_size=5).map(
    lambda blocks: "\n\n".join([*blocks, "Last[^1].\n\n[^1]: Note of 2020."])
)


@given(body)
def test_a_text_compared_with_itself_touches_nothing(text: str) -> None:
    assert kinds(text, text) == []
    assert kinds(text, f"{text}\n") == []


@given(body, st.data())
def test_any_changed_digit_is_found(text: str, data: st.DataObject) -> None:
    shown = [match.start() for match in re.finditer(r"(?<!\^)[0-9](?![.] )", text)]
    place = data.draw(st.sampled_from(shown))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != text[place]]))
    assert kinds(text, text[:place] + digit + text[place + 1 :])


@given(body, st.data())
def test_white_space_alone_touches_nothing(text: str, data: st.DataObject) -> None:
    spaces = [match.start() for match in re.finditer(r"(?<=\w) (?=\w)", text)]
    assume(spaces)
    place = data.draw(st.sampled_from(spaces))
    assert kinds(text, f"{text[:place]}   {text[place + 1 :]}") == []


@given(line, line)
def test_a_line_end_is_white_space(first: str, second: str) -> None:
    assert kinds(f"Word {first} word {second}", f"Word {first}\nword {second}") == []


@given(body, body)
def test_one_way_is_as_much_of_substance_as_the_other(first: str, second: str) -> None:
    assert bool(kinds(first, second)) == bool(kinds(second, first))


@given(st.text(), st.text())
def test_any_text_can_be_compared(old: str, new: str) -> None:
    found = kinds(old, new)
    assert found == [] or old != new


@given(st.text(st.sampled_from("a b1.\n-|#>`[]()!^:{}不得5日"), max_size=60))
def test_any_markdown_can_be_compared(text: str) -> None:
    assert kinds(text, text) == []
    kinds(text, text[::-1])
    kinds("", text)
    kinds(text, "")


# Each listed word.


def items() -> Iterator[tuple[str, str, str, str]]:
    """Yield kind, group, language and item, a word or several that mean the same."""
    for kind, groups in lexicon()["words"].items():
        for name, group in groups.items():
            if name != "why":
                for language in ("en", "zh"):
                    for item in group[language]:
                        yield kind, name, language, item


def sentence(word: str, language: str) -> str:
    shown = word.replace("*", "")
    return f"x 柜；{shown}；档 x。" if language == "zh" else f"Velvet curtains, {shown}, hang."


@pytest.mark.parametrize("kind", list(lexicon()["words"]))
def test_a_listed_word_that_comes_or_goes_is_found_as_its_kind(kind: str) -> None:
    for one, _, language, item in items():
        for word in item.split("/") if one == kind else ():
            with_it, without = sentence(word, language), sentence("", language)
            tag = "zh-CN" if language == "zh" else "en"
            assert kind in kinds(without, with_it, tag), word
            assert kind in kinds(with_it, without, tag), word


@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_of_one_item_mean_the_same_and_others_do_not(language: str) -> None:
    tag = "zh-CN" if language == "zh" else "en"
    last: tuple[str, str] | None = None
    for _, group, one, item in items():
        if one != language:
            continue
        first, *others = item.split("/")
        for other in others:
            assert kinds(sentence(first, language), sentence(other, language), tag) == [], other
        if last and last[0] == group and not lexicon_same(group):
            assert kinds(sentence(last[1], language), sentence(first, language), tag), first
        last = group, first


def lexicon_same(name: str) -> bool:
    return any(groups.get(name, {}).get("same") for groups in lexicon()["words"].values())


# Front matter, title, inclusions.

CONTROL = {
    "type": ("procedure", "instruction"),
    "owner": ("CSC-RS-02", "CSC-RS-04"),
    "reviewers": ("[CSC-RS-02]", "[CSC-RS-02, CSC-RS-04]"),
    "approvers": ("[CSC-RS-01]", "[CSC-RS-02]"),
    "effective": ("on-release", "+14 days"),
    "review_months": ("12", "24"),
    "classification": ("internal", "public"),
}


@pytest.mark.parametrize("field", CONTROL)
def test_a_field_of_the_control_data_is_found_at_its_place(field: str) -> None:
    old, new = CONTROL[field]
    changed = FRONT.replace(f"\n{field}: {old}\n", f"\n{field}: {new}\n")
    assert changed != FRONT
    before, after = document("Text."), document("Text.", front=changed)
    (found,) = touched(before, after)
    assert (found.kind, found.place) == ("control", after.source.place(field))
    assert found.before.startswith(f"{field}: ")
    assert found.after == f"{field}: {new.strip('[]')}"


MORE = [
    ("clauses: {iso9001-2015: ['7.5']}\n", "clauses: {iso9001-2015: ['7.6']}\n"),
    (
        "distribution: {roles: [CSC-RS-01], days: 5}\n",
        "distribution: {roles: [CSC-RS-01], days: 9}\n",
    ),
    ("distribution: {roles: [CSC-RS-01]}\n", "distribution: {roles: [CSC-RS-02]}\n"),
    ("distribution: {roles: [CSC-RS-01], reading: quiz}\n", "distribution: {roles: [CSC-RS-01]}\n"),
    ("records: [CSC-FM-01-01]\n", "records: [CSC-FM-01-02]\n"),
    ("parent: CSC-QM-01\n", ""),
    ("", "supersedes: [CSC-QP-09]\n"),
    ("expires: 2027-01-15T09:00:00+08:00\n", "expires: 2028-01-15T09:00:00+08:00\n"),
]


@pytest.mark.parametrize(("old", "new"), MORE)
def test_a_field_that_may_be_lacking_is_found(old: str, new: str) -> None:
    before, after = document("Text.", more=old), document("Text.", more=new)
    assert [each.kind for each in touched(before, after)] == ["control"]
    assert [each.kind for each in touched(after, before)] == ["control"]


def test_what_every_change_states_anew_is_not_of_substance() -> None:
    changed = FRONT.replace("reason: Mistakes", "reason: More").replace(
        "class: editorial", "class: minor"
    )
    assert touched(document("Text."), document("Text.", revision=2, front=changed)) == ()


def test_the_order_of_a_list_in_the_front_matter_says_nothing() -> None:
    old = "records: [CSC-FM-01-01, CSC-FM-01-02]\n"
    new = "records: [CSC-FM-01-02, CSC-FM-01-01]\n"
    assert touched(document("Text.", more=old), document("Text.", more=new)) == ()


def test_a_title_is_read_as_the_text_is() -> None:
    before, slip = document("Text.", title="Complaint handeling"), document("Text.")
    assert touched(before, slip) == ()
    after = document("Text.", title="Complaint handling in 5 days")
    assert {each.place for each in touched(slip, after)} == {after.source.place("title")}


def test_a_file_that_moved_has_links_that_lead_elsewhere() -> None:
    text = "See [the guide](a.md)."
    assert [each.kind for each in touched(document(text), document(text, path="manual/x.md"))] == [
        "link"
    ]
    same = document("See [the guide](../procedures/a.md).", path="manual/x.md")
    assert touched(document(text), same) == ()


@pytest.mark.parametrize("kind", ["image", "table", "parameter"])
def test_another_content_under_the_same_name_is_found_where_it_is_shown(kind: str) -> None:
    text = "![map](x)\n\n[limits](x.csv)\n\nWithin {{x}}."
    one = document(text)
    name = "x.csv" if kind == "table" else "x"
    old, new = (Inclusion(kind, name, digest) for digest in ("1", "2"))
    (found,) = touched(one, one, [old], [new])
    line = {"image": 1, "table": 3, "parameter": 5}[kind]
    assert found == Touched(kind, name, name, found.place)
    assert found.place.line == one.source.body_line + line - 1
    assert touched(one, one, [old], [old]) == ()
    assert touched(one, one, [], [new]) == ()


# Places, and how much is quoted.


def test_what_is_found_stands_in_the_order_of_the_text_with_its_lines() -> None:
    old = "Must go.\n\nA line.\n\nWithin 5 days.\n"
    new = "May go.\n\nA line.\n\nWithin 6 days.\n"
    before, after = document(old), document(new)
    start = after.source.body_line
    assert [(each.kind, each.place.line - start) for each in touched(before, after)] == [
        ("modal", 0),
        ("number", 4),
    ]


def test_what_went_is_told_where_it_stood() -> None:
    before, after = document("One.\n\nTwo goes.\n\nThree."), document("One.\n\nThree.")
    (found,) = touched(before, after)
    assert (found.before, found.after) == ("Two goes.", "")
    assert found.place.line == after.source.body_line


def test_a_long_text_is_not_quoted_as_a_whole() -> None:
    (found,) = touched(document("Text."), document("Text.\n\n" + "word " * 500))
    assert len(found.after) <= 120


def test_a_role_is_known_by_what_links_to_its_sheet() -> None:
    old = "[Velvet Keeper](../manual/roles/CSC-RS-07.md) acts.\n\nThe Velvet Keeper locks it."
    new = old.replace("The Velvet Keeper", "The Wooden Keeper")
    assert kinds(old, new) == ["role"]
    plain = "The Velvet Keeper locks it there at night."
    assert kinds(plain, plain.replace("Velvet", "Wooden")) == ["name"]
