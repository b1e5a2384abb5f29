"""The Chinese catalogue reads as Chinese: its punctuation, and a translation of every rule."""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import pytest

from qms_docs.rules import RULES
from qms_docs.show import output, rulebook
from qms_docs.text import messages
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Report

# What is code and keeps its half-width signs: backticks, placeholders, Markdown links and images.
_CODE = re.compile(r"`[^`]*`|\{\w+\}|!?\[[^\]]*\]\([^)]*\)")
_CHINESE = r"[\u3400-\u9fff]"
_HALF_WIDTH = re.compile(rf"{_CHINESE}[,;:()!?]|[,;:()!?]{_CHINESE}")


def _sentences(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, str):
            yield ".".join((*path, key)), value
        else:
            yield from _sentences(value, (*path, key))


def _half_width(sentence: str) -> list[str]:
    return _HALF_WIDTH.findall(_CODE.sub("\0", sentence))


def test_chinese_sentences_have_full_width_punctuation() -> None:
    wrong = {
        key: found
        for key, sentence in _sentences(messages.catalogue("zh-CN"))
        if (found := _half_width(sentence))
    }
    assert wrong == {}


def test_chinese_comments_have_full_width_punctuation() -> None:
    data = files("qms_docs").joinpath("data", "messages", "zh-CN.toml").read_text("utf-8")
    comments = [line for line in data.splitlines() if line.startswith("#")]
    assert [line for line in comments if _half_width(line)] == []


@pytest.mark.parametrize("name", ["document", "policy", "register"])
def test_chinese_descriptions_in_schemas_have_full_width_punctuation(name: str) -> None:
    text = files("qms_docs").joinpath("data", "schemas", f"{name}.schema.json").read_text("utf-8")
    described = re.findall(r'"description": "(.*)"', text)
    assert [line for line in described if _half_width(line)] == []


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("请写 `字段: 值`。", 0),
        ("见[时限](#时限)。", 0),
        ("路径：{path}(文件)", 2),
        ("缺少逗号,或括号", 1),
    ],
)
def test_only_code_may_keep_half_width_punctuation(sentence: str, wrong: int) -> None:
    assert len(_half_width(sentence)) == wrong


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_every_rule_is_explained_in_chinese(code: str) -> None:
    entry = messages.catalogue("zh-CN")[code]
    for part in ("title", "why"):
        assert re.search(_CHINESE, entry[part])


def test_a_click_is_never_a_signature() -> None:
    text = "".join(sentence for _, sentence in _sentences(messages.catalogue("zh-CN")))
    assert "签名" not in text


@pytest.mark.parametrize(
    ("language", "origin", "said"),
    [
        ("en", "work tree", "from the work tree:"),
        ("en", "index", "from the staging area:"),
        ("zh-CN", "work tree", "来源：工作区"),
        ("zh-CN", "index", "来源：暂存区"),
        ("zh-CN", "3f2a", "来源：3f2a"),
    ],
)
def test_what_was_read_is_said_in_the_reader_s_words(language: str, origin: str, said: str) -> None:
    report = Report(origin, 20, ())
    assert said in output.as_text(report, language)
    assert json.loads(output.as_json(report, language))["source"] == origin


def test_an_error_says_in_the_reader_s_words_where_it_looked() -> None:
    error = QmsError("no-path", path="index", origin="index")
    assert (
        messages.of_error(error, "zh-CN")[0] == "没有找到文件或文件夹 index（查找范围：暂存区）。"
    )


def test_rules_are_explained_without_english_prose() -> None:
    for rule in RULES:
        data = rulebook.as_data(rule, "zh-CN")
        assert re.search(_CHINESE, data["title"])
        assert re.search(_CHINESE, data["why"])
        assert data["title"] in rulebook.page(rule, "zh-CN")


def test_english_pages_come_from_the_rule_itself() -> None:
    for rule in RULES:
        data = rulebook.as_data(rule, "en")
        assert (data["title"], data["bad"]) == (rule.title, rule.section("Bad"))
        assert data["why"] == " ".join(rule.section("Why").split())
