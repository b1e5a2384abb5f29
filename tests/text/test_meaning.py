"""How a text is read for what counts in it: spelling, numbers, words with weight, sentences."""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms_docs.text.meaning import numerals
from qms_docs.text.meaning.lexicon import lexicon
from qms_docs.text.meaning.sentences import Reader
from qms_docs.text.meaning.spelling import as_read, pieces
from qms_docs.text.meaning.vocabulary import knows, title_words, vocabulary
from qms_docs.text.meaning.weights import Scale, Word

READER = Reader(
    Scale(vocabulary(), "CSC-RS-"), lambda address: Word(address, "link", address, 0, 0)
)


def weighing(text: str) -> list[str]:
    """Return what the words with weight in a text mean."""
    parts = [word for sentence in READER.sentences(text) for word in sentence.parts]
    return [word.key for word in parts if word.weighs]


# Spelling.


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("n\u00adot", "not"),
        ("no\u200bt", "not"),
        ("ｍｕｓｔ１５", "must15"),
        ("𝐦𝐮𝐬𝐭", "must"),
        ("٣ days", "3 days"),
        ("café", "cafe"),
        ("應须", "应须"),
        ("can’t", "can't"),
        ("10²", "10²"),
        ("n\u0336", "n\u0336"),
        ("\u202e15", "\u202e15"),
    ],
)
def test_a_text_is_compared_as_it_reads(text: str, read: str) -> None:
    assert as_read(text) == read


@given(st.text())
def test_pieces_stand_in_the_text_in_order(text: str) -> None:
    plain = as_read(text)
    found = list(pieces(plain))
    for piece in found:
        assert piece.text.strip("\ue000\ue001") in plain[piece.start : piece.end]
    places = [(piece.start, piece.end) for piece in found]
    assert places == sorted(places)


@given(st.text(st.characters(categories=["L", "N", "S", "C", "M"]), min_size=1))
def test_every_letter_number_and_symbol_is_in_a_piece(text: str) -> None:
    plain = as_read(text)
    seen = {place for piece in pieces(plain) for place in range(piece.start, piece.end)}
    left = [char for place, char in enumerate(plain) if place not in seen and not char.isspace()]
    assert left == []


# Numbers.


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("fifteen days", ("15", 1)),
        ("twenty four hours", ("24", 2)),
        ("one hundred and five files", ("105", 4)),
        ("two thousand and twenty six", ("2026", 5)),
        ("three million", ("3000000", 2)),
        ("twenty first", ("21.", 2)),
        ("five and six", ("5", 1)),
        ("two thousand thousand", ("2000", 2)),
        ("hundred", ("", 0)),
        ("and", ("", 0)),
    ],
)
def test_a_number_in_english_words(words: str, number: tuple[str, int]) -> None:
    assert numerals.english(words.split()) == number


@pytest.mark.parametrize(
    ("run", "number"),
    [
        ("十五", "15"),
        ("二十", "20"),
        ("廿五", "25"),
        ("一百零五", "105"),
        ("两千三百", "2300"),
        ("五万零三", "50003"),
        ("三十万五千", "305000"),
        ("一亿二千万", "120000000"),
        ("二〇二六", "2026"),
        ("壹佰", "100"),
        ("一两", "一两"),
        ("三百五", "三百五"),
        ("五万三", "五万三"),
        ("十百", "十百"),
        ("百", "百"),
    ],
)
def test_a_number_in_chinese(run: str, number: str) -> None:
    assert numerals.chinese(run) == number


def chinese_number(number: int) -> str:
    """Write a number below 10,000 in Chinese."""
    text, is_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += "零" * is_zero + "零一二三四五六七八九"[digit] + name
        is_zero = bool(text) and not digit
    return text


@given(st.integers(1, 9999))
def test_every_chinese_number_is_read_as_it_is_written(number: int) -> None:
    assert numerals.chinese(chinese_number(number)) == str(number)


@given(st.text(st.sampled_from(numerals.HAN_NUMERALS), max_size=30))
def test_any_run_of_numerals_is_a_number_or_stays(run: str) -> None:
    found = numerals.chinese(run)
    assert found == run or found.isdigit()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fifteen files", "15 files"),
        ("the third file", "the 3rd file"),
        ("1,000 files", "1000 files"),
        ("5万份", "50000份"),
        ("1.5亿份", "150000000份"),
        ("三分之一", "1/3"),
        ("百分之八十", "80%"),
        ("三个工作日", "3个工作日"),
        ("5 to 10 files", "5–10 files"),
        ("5至10份", "5~10份"),
    ],
)
def test_numbers_that_are_the_same_however_they_are_written(one: str, other: str) -> None:
    assert weighing(one) == weighing(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.5 files", "15 files"),
        ("by 18:00", "from 18:00"),
        ("5 to 10", "5 and 10"),
        ("5 files", "5 forms"),
        ("第3日", "3日"),
        ("3份", "3页"),
        ("1.000", "1000"),
        ("-5", "5"),
    ],
)
def test_numbers_that_are_not_the_same(one: str, other: str) -> None:
    assert weighing(one) != weighing(other)


# Words.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("can't", ["modal can", "modal not"]),
        ("cannot", ["modal can", "modal not"]),
        ("MUST", ["modal must"]),
        ("at least", ["number at least"]),
        ("authorisation", ["role authoris*"]),
        ("A customer", ["role customer*"]),
        ("grade A", ["number grade*", "A"]),
        ("PDF", ["PDF"]),
        ("it", []),
        ("the IT", ["IT"]),
        ("part (ii)", ["scope part", "ii"]),
        ("CSC-FM-01-01", ["CSC-FM-01-01"]),
        ("\ue000limit\ue001", ["limit"]),
        ("不得", ["modal 不得"]),
        ("响应", []),
        ("不响应", ["modal 不"]),
        ("α", ["α"]),
    ],
)
def test_words_with_weight(text: str, found: list[str]) -> None:
    assert weighing(text) == found


def test_the_word_before_tells_which_manager_it_is() -> None:
    assert weighing("Operations Manager") == ["operations role manager*"]
    assert weighing("the Manager") == ["role manager*"]
    assert weighing("运营经理") == ["运 营 role 经理"]
    assert weighing("a happy customer") == ["role customer*"]


def test_a_title_is_one_word_with_weight() -> None:
    titles = frozenset(map(title_words, ["Velvet Keeper", "天鹅绒看守"]))
    reader = Reader(Scale(vocabulary(titles), ""), READER.target)
    for text in ("The velvet keeper goes", "天鹅绒看守走"):
        (sentence,) = reader.sentences(text)
        assert [word.kind for word in sentence.parts if word.weighs] == ["role"]


@pytest.mark.parametrize("text", ["", "Keeper 7", "a*", "看守Keeper", "a–b", "…"])
def test_what_is_no_title_is_none(text: str) -> None:
    assert "*" not in title_words(text)
    assert title_words(text) in ("", "a", "a b")


@pytest.mark.parametrize(
    ("language", "is_known"),
    [("en", True), ("en-GB", True), ("zh-CN", True), ("zh-Hant", False), ("zh-TW", False)],
)
def test_a_language_is_known_if_there_are_words_of_it(language: str, is_known: bool) -> None:
    assert knows(language) == is_known
    assert not knows("fr")


# Sentences.


def test_a_text_is_read_sentence_by_sentence() -> None:
    text = "See e.g. form 3. It is 1.5 m long! Who? 结案。存档！Mr. Li (etc.) goes"
    assert [sentence.text for sentence in READER.sentences(text)] == [
        "See e.g. form 3.",
        "It is 1.5 m long!",
        "Who?",
        "结案。",
        "存档！",
        "Mr. Li (etc.) goes",
    ]


def test_a_cell_with_a_mark_alone_says_something() -> None:
    assert weighing("–") == weighing("-") == ["-"]
    assert weighing("•") == ["•"]
    assert weighing("") == []


# The data file.


def listed() -> Iterator[str]:
    for groups in lexicon()["words"].values():
        for name, group in groups.items():
            if name != "why":
                for item in (*group["en"], *group["zh"]):
                    yield from item.split("/")


def test_no_word_is_listed_twice() -> None:
    data = lexicon()
    small = [*data["small"]["en"], *data["small"]["zh"]]
    words = [*listed(), *small, *data["plain"]["zh"], *data["labels"]["zh"]]
    assert [word for word, count in Counter(words).items() if count > 1] == []


def test_every_plain_word_holds_a_listed_one() -> None:
    words = [*(word for word in listed() if not word.isascii()), *numerals.HAN_NUMERALS]
    for plain in lexicon()["plain"]["zh"]:
        assert any(word in plain for word in words), plain


def test_every_pointing_word_is_known_as_a_word() -> None:
    data = lexicon()
    known = {*listed(), *data["small"]["en"], *data["small"]["zh"]}
    assert {*data["pointing"]["en"], *data["pointing"]["zh"]} - known == set()


def test_every_table_of_words_has_a_reason_and_both_languages() -> None:
    for groups in lexicon()["words"].values():
        assert groups["why"]
        for name, group in groups.items():
            assert name == "why" or {"en", "zh"} <= group.keys()


def test_an_ending_stands_for_letters_of_one_word_only() -> None:
    for word in listed():
        assert "*" not in word.removesuffix("*")
        assert not word.endswith("*") or (" " not in word and len(word) > 3)
        assert word == word.lower().strip()


def test_a_character_of_one_script_stands_for_one_of_the_other() -> None:
    table = lexicon()["traditional"]
    traditional, simplified = "".join(table["from"]), "".join(table["to"])
    assert len(traditional) == len(simplified) == len(set(traditional))
    assert not set(traditional) & set(simplified)
