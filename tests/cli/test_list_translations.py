"""`qms list translations`: how far each translation is, and who vouches for it."""

from tests.acting import Life
from tests.attacks.stage import DOCUMENT, PATH

CHINESE = PATH.replace(".md", ".zh-CN.md")


def rows(life: Life, *arguments: str) -> dict[str, dict[str, str]]:
    answer = life.repo.ask("list", "translations", "--format", "json", *arguments)
    return {row["identification"]: row for row in answer.json}


def state(life: Life) -> str:
    return rows(life)[DOCUMENT]["translation-state"]


def raised(life: Life, old: str, new: str) -> None:
    """Begin the next revision of the master alone."""
    life.stage.edit(PATH, "\nrevision: 1\n", "\nrevision: 2\n")
    life.stage.edit(PATH, old, new)
    life.stage.commit("The master alone")


def test_of_what_is_released_it_names_the_translator(life: Life) -> None:
    life.stage.issued(DOCUMENT)
    row = rows(life)[DOCUMENT]
    assert row["translation-state"] == "current"
    assert (row["master-revision"], row["revision"], row["revision-in-force"]) == ("1", "1", "1")
    assert row["translator"] == "Demo Drafter"
    assert row["file"] == CHINESE


def test_what_was_never_translated_is_missing(life: Life) -> None:
    row = rows(life)["CSC-QM-01"]
    assert (row["translation-state"], row["file"]) == ("missing", "–")


def test_a_change_of_words_leaves_a_translation_behind_in_wording(life: Life) -> None:
    life.stage.issued(DOCUMENT)
    raised(life, "Every complaint gets an answer.", "**Every** complaint gets an answer.")
    assert state(life) == "behind in wording"
    assert rows(life)[DOCUMENT]["revision-in-force"] == "1"


def test_a_change_of_a_limit_leaves_it_behind_in_substance(life: Life) -> None:
    life.stage.issued(DOCUMENT)
    raised(life, "within 15 days", "within 10 days")
    assert state(life) == "behind in substance"


def test_where_the_older_master_was_never_released_it_is_of_substance(life: Life) -> None:
    raised(life, "Every complaint", "Each complaint")
    assert state(life) == "behind in substance"


def test_what_states_something_else_is_told(life: Life) -> None:
    life.stage.edit(CHINESE, "15天", "20天")
    assert state(life) == "states something else than the master"


def test_in_chinese(life: Life) -> None:
    life.stage.issued(DOCUMENT)
    answer = life.repo.ask("--lang", "zh-CN", "list", "translations")
    assert "与母本同步" in answer.out


def test_a_draft_that_is_behind_says_so_on_every_page(life: Life) -> None:
    life.stage.issued(DOCUMENT)
    raised(life, "within 15 days", "within 10 days")
    folder = life.repo.home / "preview"
    life.repo.ask("preview", DOCUMENT, "--html", "--output", str(folder))
    html = next(folder.rglob(f"{DOCUMENT}.zh-CN.html")).read_text("utf-8")
    assert "本译文对应修订号1，母本修订号已为2" in html
