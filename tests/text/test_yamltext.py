"""The YAML reader: values stay as typed, everything wrong is found at its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text import yamltext
from qms_docs.text.yamltext import YamlText


def read(text: str, first_line: int = 1) -> YamlText:
    return yamltext.read(text, "f", "QMS101", first_line)


def problems(text: str, first_line: int = 1) -> list[str]:
    findings = read(text, first_line).findings
    return [f"{item.place.line}:{item.place.column} {item.case}" for item in findings]


@pytest.mark.parametrize(
    "typed",
    [
        "no", "yes", "on", "off", "y", "N", "012", "-012", "0o17", "0x1F", "0b1", "12:30",
        "1:30:00", "1.10", "1.0", ".5", "1e3", "1_000", "+1e3", ".inf", "-.inf", ".nan",
        "2026-01-31", "2025-02-31", "2026-01-31T09:00:00+08:00", "tRUE", "nULL", "<<", "=",
        "1234567890123456", "8.7", "CSC-QP-01", "投诉处理",
    ],
)  # fmt: skip
def test_a_scalar_that_can_mean_two_things_stays_the_text_that_was_typed(typed: str) -> None:
    assert read(f"a: {typed}").value == {"a": typed}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("true", True), ("True", True), ("TRUE", True),
        ("false", False), ("False", False), ("FALSE", False),
        ("null", None), ("Null", None), ("NULL", None), ("~", None), ("", None),
        ("0", 0), ("7", 7), ("-7", -7), ("+7", 7), ("123456789012345", 123456789012345),
    ],
)  # fmt: skip
def test_only_what_yaml_1_2_leaves_no_doubt_about_is_a_value(typed: str, value: object) -> None:
    read_value = read(f"a: {typed}").value["a"]  # type: ignore[index]
    assert read_value == value
    assert type(read_value) is type(value)


@pytest.mark.parametrize("typed", ["'1'", '"1"', "|-\n  1", ">-\n  1"])
def test_a_quoted_or_block_scalar_is_always_text(typed: str) -> None:
    assert read(f"a: {typed}").value == {"a": "1"}


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_an_empty_text_has_no_value(text: str) -> None:
    assert read(text).value is None
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", ["3:1 duplicate"]),
        ("a: {x: 1, 'x': 2}\n", ["1:11 duplicate"]),
        ("1: a\n'1': b\n", ["2:1 duplicate"]),
        ("a: &x [1]\nb: *x\n", ["2:4 alias"]),
        ("a: &x\n  b: *x\n", ["2:6 alias"]),
        ("&x a: 1\nb: *x\n", ["2:4 alias"]),
        ("a: *nothing\n", ["1:4 syntax"]),
        ("a: !!str 012\n", ["1:4 tag"]),
        ("a: !!int '5'\n", ["1:4 tag"]),
        ("a: ! 12\n", ["1:4 tag"]),
        ("a: !!python/object:os.system x\n", ["1:4 tag"]),
        ("? [a, b]\n: c\n", ["1:3 key"]),
        ("? {a: b}\n: c\n", ["1:3 key"]),
        ("a: 1\n---\nb: 2\n", ["2:1 syntax"]),
        ("a: 1\n...\nb: 2\n", ["3:1 syntax"]),
        ("%YAML 3.0\n---\na: 1\n", ["1:1 syntax"]),
        ("a: b: c\n", ["1:5 syntax"]),
        ("a: [1, 2\nb: 3\n", ["2:2 syntax"]),
        ("a: 'open\n", ["1:4 syntax"]),
        ("a:\n\t- 1\n", ["2:1 syntax"]),
        ("a: @b\n", ["1:4 syntax"]),
    ],
)
def test_what_yaml_allows_but_a_controlled_text_does_not_is_found(
    text: str, expected: list[str]
) -> None:
    assert problems(text) == expected


@pytest.mark.parametrize(
    "character",
    list("\0\x07\x0b\x1b\x7f\x80\x85\r\u2028\u2029\ufeff\uffff"),
)
def test_a_character_that_programs_read_differently_is_found(character: str) -> None:
    assert problems(f"a: 1\nb: x{character}y\n") == ["2:5 character"]


@pytest.mark.parametrize(
    "escape", [r"\e", r"\0", r"\x7f", r"\N", r"\L", r"\u2028", r"\uFEFF", r"\ra"]
)
def test_such_a_character_cannot_come_in_by_an_escape(escape: str) -> None:
    assert problems(f'a: 1\nb: "x{escape}"\n"{escape}": c\n') == ["2:4 character", "3:1 character"]


def test_of_very_many_such_characters_the_first_are_named() -> None:
    found = yamltext.read("a: x\n" + "\x00" * 50_000, "f.md", "QMS101", 2).findings
    assert len(found) == 100
    assert (found[0].place.line, found[0].place.column) == (3, 1)


def test_an_escape_may_stand_for_any_other_character() -> None:
    text = r'a: "\t\n\r\n\"\\\/\u6295\_"'
    assert read(text).value == {"a": '\t\n\r\n"\\/投\xa0'}


def test_a_line_separator_cannot_hide_a_field() -> None:
    assert read("a: 1\u2028b: 2\n").value is None


@pytest.mark.parametrize("character", ["\t", "\xa0", "\u3000", "\ufffd", "\U0001f4de", "，"])
def test_any_other_character_is_text(character: str) -> None:
    assert read(f"a: x{character}y\n").value == {"a": f"x{character}y"}


def test_all_departures_are_found_at_once() -> None:
    text = "a: !x 1\na: 2\nb: &n 1\nc: *n\n? [d]\n: e\nf: {g: 1, g: !y 2}\nh: [\n"
    assert problems(text) == [
        "1:4 tag", "2:1 duplicate", "4:4 alias", "5:3 key", "7:11 duplicate", "7:14 tag",
        "9:1 syntax",
    ]  # fmt: skip


def test_what_was_already_named_keeps_its_first_value_and_place() -> None:
    result = read("a: 1\na: {b: 2}\n")
    assert result.value == {"a": 1}
    assert set(result.places) == {(), ("a",)}


@pytest.mark.parametrize("open_", ["[", "{a: ", "- ", "? "])
def test_any_depth_of_nesting_is_survived(open_: str) -> None:
    *_, last = read(open_ * 200_000).findings
    assert last.case == "depth"


def test_twenty_levels_are_deep_enough_for_anything() -> None:
    assert problems("[" * 20 + "]" * 20) == []
    assert problems("[" * 22 + "]" * 22) == ["1:22 depth"]


def test_an_alias_bomb_is_harmless() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    assert {item.case for item in read("\n".join(lines)).findings} == {"alias"}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_key_and_item_has_its_place(end: str) -> None:
    text = end.join(["标题: 投诉", "表单: [甲, 乙乙, {丙: 丁}]", "更改:", "  - 一", "  -  二: 三"])
    places = {key: (place.line, place.column) for key, place in read(text, 2).places.items()}
    assert places == {
        (): (2, 1),
        ("标题",): (2, 1),
        ("表单",): (3, 1),
        ("表单", 0): (3, 6),
        ("表单", 1): (3, 9),
        ("表单", 2): (3, 13),
        ("表单", 2, "丙"): (3, 14),
        ("更改",): (4, 1),
        ("更改", 0): (5, 5),
        ("更改", 1): (6, 6),
        ("更改", 1, "二"): (6, 6),
    }


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_value_has_its_span(end: str) -> None:
    text = end.join(["标题: 投诉 # 注", "b: 'x''y'", "c: {d: e,  f: }", "g: [h]", ""])
    result = read(text)
    spans = {key: text[start:stop] for key, (start, stop) in result.spans.items() if key}
    assert spans == {
        ("标题",): "投诉",
        ("b",): "'x''y'",
        ("c",): "{d: e,  f: }",
        ("c", "d"): "e",
        ("c", "f"): "",
        ("g",): "[h]",
        ("g", 0): "h",
    }


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    read(text)


@given(st.text(alphabet="ab1:-?,[]{}&*!|>'\"%@# \n\t\r#~=<"))
def test_no_mixture_of_signs_makes_the_reader_fail(text: str) -> None:
    result = read(text)
    assert result.findings or result.value is None or result.places


@given(st.text(alphabet="ab1:-?,[]{} '\"\n", max_size=40))
def test_every_span_lies_in_the_text_and_every_place_on_a_line(text: str) -> None:
    result = read(text)
    lines = text.split("\n")
    assert all(0 <= start <= stop <= len(text) for start, stop in result.spans.values())
    assert all(1 <= place.line <= len(lines) for place in result.places.values())
