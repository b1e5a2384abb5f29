"""Preview under watch: whatever an editor does, the last text is what is shown."""

import os
import random
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from qms_docs import check
from qms_docs.edges.git import Repository
from qms_docs.edges.watching import EVERYTHING, index_lock
from qms_docs.show import page
from qms_docs.text import documents
from qms_docs.words.errors import QmsError
from qms_docs.words.findings import Finding
from qms_docs.words.model import Source
from qms_docs.words.printing import Printed, Trouble
from qms_docs.work import reading, watch, workspace
from qms_docs.work.reading import Reading
from tests.conftest import BASE
from tests.edges.test_watching import SAVES
from tests.outer import Repo, wait_for
from tests.work.screen import Screen, watched

# A folder that comes with another in it may be noticed twice, of which Watchdog warns.
pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")

FILE = "procedures/CSC-QP-01.md"
NAME = "CSC-QP-01.en"
FIRST = "Every complaint gets an answer."


class Timeline:
    """A clock and a source of news that follow a script: second → paths that change then."""

    def __init__(self, script: dict[float, set[str]]) -> None:
        self.now = 0.0
        self.script = dict(sorted(script.items()))
        self.asked: list[float | None] = []

    def clock(self) -> float:
        return self.now

    def take(self, seconds: float | None) -> frozenset[str]:
        self.asked.append(seconds)
        until = float("inf") if seconds is None else self.now + max(seconds, 1e-6)
        for when in self.script:
            if when <= until:
                self.now = max(when, self.now)
                return frozenset(self.script.pop(when))
        assert until < float("inf"), "it would wait for ever"
        self.now = until
        return frozenset()

    def settled(self, locked: Callable[[], bool] = lambda: False) -> frozenset[str]:
        return watch.settled(self.take, self.clock, lambda: False, locked)


def test_a_save_has_ended_when_it_is_quiet() -> None:
    line = Timeline({5.0: {"a"}, 5.09: {"b"}, 5.18: {"a"}, 5.5: {"later"}})
    assert line.settled() == {"a", "b"}
    assert line.now == pytest.approx(5.18 + watch.QUIET)
    assert line.settled() == {"later"}
    assert line.asked[0] is None  # idle is to sleep until something happens


def test_where_it_is_never_quiet_it_is_looked_at_every_second() -> None:
    line = Timeline({n / 20: {f"{n}"} for n in range(60)})
    assert line.settled() == {f"{n}" for n in range(21)}
    assert line.now == pytest.approx(watch.LONGEST, abs=0.1)


def test_to_be_woken_is_not_waited_out() -> None:
    line = Timeline({3.0: set()})
    assert (line.settled(), line.now) == (frozenset(), 3.0)


def test_what_git_changes_is_looked_at_when_git_has_ended() -> None:
    script = {n / 10: {f"{n}"} for n in range(50)}  # longer than LONGEST
    line = Timeline({**script, 5.5: {"more"}})
    assert line.settled(lambda: line.now < 5.6) == {*(f"{n}" for n in range(50)), "more"}
    assert 5.6 <= line.now <= 5.6 + 2 * watch.QUIET


def test_a_lock_that_was_left_behind_holds_nothing_up_for_long() -> None:
    line = Timeline({1.0: {"a"}})
    assert line.settled(lambda: True) == {"a"}
    assert line.now == pytest.approx(1.0 + watch.STALE_LOCK, abs=watch.QUIET)


def test_a_round_that_is_told_to_stop_does_nothing() -> None:
    line = Timeline({1.0: {"a"}})

    def never(*_: object) -> Reading:
        raise AssertionError

    tasks = watch.Tasks(lambda: False, never, never)
    state = object()
    assert watch.one_round(state, line.take, line.clock, lambda: True, tasks) is state  # type: ignore[arg-type, comparison-overlap]


def test_a_round_reads_what_changed_and_shows_it() -> None:
    done: list[object] = []

    def again(state: object, paths: object) -> str:
        done.append((state, paths))
        return "second"

    tasks = watch.Tasks(lambda: False, again, done.append)  # type: ignore[arg-type]
    line = Timeline({1.0: {"a"}, 2.0: set()})
    state = watch.one_round("first", line.take, line.clock, lambda: False, tasks)  # type: ignore[arg-type]
    state = watch.one_round(state, line.take, line.clock, lambda: False, tasks)
    assert state == "second"  # type: ignore[comparison-overlap]
    assert done == [("first", {"a"}), "second", "second"]


@pytest.fixture
def screen(small: Repo) -> Iterator[Screen]:
    """Yield the small manual with its procedure on the screen."""
    with watched(small, "CSC-QP-01") as screen:
        assert FIRST in screen.get(f"{NAME}.html")
        yield screen


def saved(screen: Screen, old: str, new: str, path: str = FILE) -> None:
    screen.repo.replace(path, old, new)


@pytest.mark.parametrize("save", SAVES)
def test_every_way_of_saving_is_one_round(save: Callable[[Path], None], small: Repo) -> None:
    """In these saves the text becomes `new` or loses some letters: broken, and told so."""
    with watched(small, "CSC-QP-01", quiet=0.5) as screen:
        screen.get(NAME)
        save(small.root / FILE)
        assert screen.another(1)
        assert "QMS101" in screen.get(NAME)
        assert FIRST in screen.get(f"{NAME}.html")  # the last good page


def test_a_change_is_shown(screen: Screen) -> None:
    saved(screen, FIRST, "Every complaint gets two answers.")
    assert screen.shows(f"{NAME}.html", "gets two answers")


def test_a_file_that_stays_the_same_is_no_news(small: Repo) -> None:
    with watched(small, "CSC-QP-01", quiet=0.5) as screen:
        file = small.root / FILE
        tag = screen.get(NAME)
        rounds = screen.calm()
        file.write_bytes(file.read_bytes())
        os.utime(file)
        file.with_name("x").write_bytes(file.read_bytes())
        file.with_name("x").replace(file)
        assert wait_for(lambda: screen.rounds > rounds)
        assert screen.no_more(1)
        assert screen.get(NAME) == tag


def test_files_of_editors_are_no_news(screen: Screen) -> None:
    rounds = screen.calm()
    for name in (".CSC-QP-01.md.swp", "CSC-QP-01.md~", "#CSC-QP-01.md#", "x.tmp"):
        screen.repo.write(f"procedures/{name}", "text")
    time.sleep(0.5)
    assert screen.rounds == rounds
    saved(screen, FIRST, "With a swap file beside it.")
    assert screen.shows(f"{NAME}.html", "With a swap file")
    assert not any(".swp" in path for path in screen.readings[-1].snapshot.modes)


def test_another_branch_with_1000_files_is_one_round(small: Repo) -> None:
    small.git("checkout", "--quiet", "-b", "many")
    small.replace(FILE, FIRST, "On the other branch.")
    for number in range(1000):
        small.write(f"procedures/notes/x{number}.md", f"text {number}\n")
    small.commit()
    small.git("checkout", "--quiet", "main")
    with watched(small, "CSC-QP-01", quiet=0.5) as screen:
        screen.get(NAME)
        small.git("checkout", "--quiet", "many")
        assert screen.another(1)
        assert "On the other branch." in screen.get(f"{NAME}.html")
        small.git("checkout", "--quiet", "main")
        assert screen.another(2)
        assert FIRST in screen.get(f"{NAME}.html")
        assert len(screen.readings) == 3


def test_what_is_saved_while_git_is_at_work_is_shown_when_it_has_ended(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "STALE_LOCK", 60)
    lock = index_lock(screen.repo.root)
    lock.touch()
    rounds = screen.calm()
    saved(screen, FIRST, "In the middle of a checkout.")
    assert not wait_for(lambda: screen.rounds > rounds, 3 * watch.LONGEST)
    lock.unlink()
    assert screen.shows(f"{NAME}.html", "In the middle of a checkout.")


def test_a_commit_changes_nothing_on_the_screen(screen: Screen) -> None:
    saved(screen, FIRST, "Typed.")
    assert screen.shows(f"{NAME}.html", "Typed.")
    screen.calm()
    before = len(screen.readings)
    screen.repo.commit()
    assert screen.no_more(before)


def test_broken_input_is_told_with_its_line_and_mended_again(screen: Screen) -> None:
    line = screen.repo.line(FILE, "reviewers:")
    saved(screen, "reviewers: [CSC-RS-02]", "reviewers: [CSC-RS-02")
    assert screen.shows(NAME, "QMS101")
    told = screen.get(NAME)
    assert f"Line {line + 1}" in told or f"Line {line}" in told
    assert "the last text that was in order" in told
    assert FIRST in screen.get(f"{NAME}.html")
    saved(screen, "reviewers: [CSC-RS-02", "reviewers: [CSC-RS-02]")
    assert screen.no_longer_shows(NAME, "QMS101")
    assert "the last text that was in order" not in screen.get(NAME)


def test_a_finding_does_not_hold_back_the_page(screen: Screen) -> None:
    saved(screen, "roles/CSC-RS-02.md", "roles/CSC-RS-77.md")
    assert screen.shows(NAME, "CSC-RS-77")
    told = screen.get(NAME)
    assert f"Line {screen.repo.line(FILE, 'CSC-RS-77')}" in told
    assert "the last text that was in order" not in told


def test_what_is_wrong_elsewhere_is_counted(screen: Screen) -> None:
    saved(screen, "](process.svg)", "](nothing.svg)", "manual/CSC-QM-01.md")
    assert screen.shows(NAME, "Findings in other files:")


@pytest.mark.parametrize("garbage", [b"", b"\xff\xfe\x00", b"---\n" * 9, b"\0" * 4096, b"<<<<<<<"])
def test_no_input_ends_it(garbage: bytes, screen: Screen) -> None:
    text = (screen.repo.root / FILE).read_bytes()
    screen.repo.write(FILE, garbage)
    assert screen.shows(NAME, "the last text that was in order")
    assert "Traceback" not in screen.get(NAME)
    screen.repo.write(FILE, text.replace(FIRST.encode(), b"Mended."))
    assert screen.shows(f"{NAME}.html", "Mended.")


def test_the_policy_broken_and_mended(screen: Screen) -> None:
    text = (screen.repo.root / "manual/policy.yaml").read_bytes()
    screen.repo.write("manual/policy.yaml", text + b"\nnonsense: 1\n")
    assert screen.shows(NAME, "manual/policy.yaml:")
    assert FIRST in screen.get(f"{NAME}.html")
    (screen.repo.root / "manual/policy.yaml").unlink()
    assert screen.shows(NAME, "this is not a manual")
    screen.repo.write("manual/policy.yaml", text)
    assert screen.no_longer_shows(NAME, "this is not a manual")
    assert screen.shows(NAME, "Nothing to correct")


def test_a_file_that_goes_and_comes_back(screen: Screen) -> None:
    text = (screen.repo.root / FILE).read_bytes()
    (screen.repo.root / FILE).unlink()
    assert screen.shows(NAME, "is no longer there")
    assert FIRST in screen.get(f"{NAME}.html")
    screen.repo.write(FILE, text.replace(FIRST.encode(), b"Back again."))
    assert screen.shows(f"{NAME}.html", "Back again.")
    assert "is no longer there" not in screen.get(NAME)


def test_a_folder_that_goes_and_comes_back(screen: Screen) -> None:
    (screen.repo.root / "procedures").rename(screen.repo.root / "elsewhere")
    assert screen.shows(NAME, "is no longer there")
    (screen.repo.root / "elsewhere").rename(screen.repo.root / "procedures")
    assert screen.no_longer_shows(NAME, "is no longer there")
    saved(screen, FIRST, "In the folder again.")
    assert screen.shows(f"{NAME}.html", "In the folder again.")


def test_a_file_that_moves_stays_on_the_screen(screen: Screen) -> None:
    (screen.repo.root / "procedures/other").mkdir()
    (screen.repo.root / FILE).rename(screen.repo.root / "procedures/other/CSC-QP-01.md")
    assert screen.shows(NAME, "procedures/other/CSC-QP-01.md")
    saved(screen, FIRST, "Moved.", "procedures/other/CSC-QP-01.md")
    assert screen.shows(f"{NAME}.html", "Moved.")


def test_a_new_identification_stays_on_the_screen(screen: Screen) -> None:
    saved(screen, "id: CSC-QP-01", "id: CSC-QP-09")
    assert screen.shows(f"{NAME}.html", "CSC-QP-09</span>")


def test_an_image_belongs_to_its_page(small: Repo) -> None:
    with watched(small, "CSC-QM-01") as screen:
        before = screen.get("CSC-QM-01.en.html")
        assert 'src="images/' in before
        address = before.partition('src="')[2].partition('"')[0]
        assert "<svg" in screen.get(address)
        svg = (small.root / "manual/process.svg").read_text("utf-8")
        small.write("manual/process.svg", svg.replace("<svg", "<!-- another --><svg"))
        assert wait_for(lambda: screen.get("CSC-QM-01.en.html") != before)
        address = screen.get("CSC-QM-01.en.html").partition('src="')[2].partition('"')[0]
        assert "another" in screen.get(address)


def test_documents_can_be_opened_from_the_list_and_from_links(small: Repo) -> None:
    with watched(small) as screen:
        listed = screen.get("")
        for name in ("CSC-QM-01.en", NAME, "CSC-QP-01.zh-CN", "CSC-RS-01.en"):
            assert f'href="{name}"' in listed
            assert name.partition(".")[0] in screen.get(f"{name}.html")
        small.replace("procedures/CSC-QP-01.zh-CN.md", "每件投诉都有答复", "每件投诉均有答复")
        assert screen.shows("CSC-QP-01.zh-CN.html", "每件投诉均有答复")


def test_a_new_document_can_be_opened(screen: Screen) -> None:
    text = (screen.repo.root / FILE).read_text("utf-8")
    screen.repo.write("procedures/CSC-QP-02.md", text.replace("id: CSC-QP-01", "id: CSC-QP-02"))
    assert screen.shows("", 'href="CSC-QP-02.en"')
    assert FIRST in screen.get("CSC-QP-02.en.html")


def test_a_document_that_is_broken_from_the_start(small: Repo) -> None:
    text = (small.root / FILE).read_bytes()
    small.write(FILE, b"no front matter\n")
    with watched(small, "CSC-QP-01") as screen:
        told = screen.get(NAME)
        assert "QMS101" in told
        assert "There is no page yet" in told
        small.write(FILE, text)
        assert screen.shows(f"{NAME}.html", FIRST)


def test_a_document_that_is_not_there(small: Repo) -> None:
    with pytest.raises(QmsError) as raised, watched(small, "CSC-QP-77"):
        pass
    assert raised.value.key == "no-document"


def test_the_reader_s_language_decides_about_page_and_words(small: Repo) -> None:
    with watched(small, "CSC-QP-01", language="zh-CN") as screen:
        assert screen.addresses[0].endswith("/CSC-QP-01.zh-CN")
        assert "没有需要改正之处" in screen.get("CSC-QP-01.zh-CN")
        assert '<html lang="zh-CN"' in screen.get("CSC-QP-01.zh-CN")


@pytest.mark.parametrize(("module", "function"), [(page, "print_job"), (check, "run")])
def test_a_mistake_of_our_own_is_a_sentence_and_not_the_end(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, module: ModuleType, function: str
) -> None:
    original = getattr(module, function)

    def fail(*arguments: object) -> object:
        raise ZeroDivisionError("<b>nobody expects this")

    monkeypatch.setattr(module, function, fail)
    saved(screen, FIRST, "First.")
    assert screen.shows(NAME, "ZeroDivisionError: &lt;b&gt;nobody expects this")
    assert FIRST in screen.get(f"{NAME}.html")
    monkeypatch.setattr(module, function, original)
    saved(screen, "First.", "Second.")
    assert screen.shows(f"{NAME}.html", "Second.")
    assert "ZeroDivisionError" not in screen.get(NAME)


def printed(data: bytes = b"%PDF", *troubles: Trouble) -> Printed:
    return Printed(f"{NAME}.pdf", FILE, data, 1, troubles)


def test_the_pdf_comes_after_the_page(screen: Screen) -> None:
    assert screen.shows(NAME, "The PDF is being made")
    assert 'data-pdf=""' in screen.get(NAME)
    screen.press.deliver(0, printed())
    assert screen.no_longer_shows(NAME, "The PDF is being made")
    assert 'data-pdf=""' not in screen.get(NAME)
    assert screen.get(f"{NAME}.pdf") == "%PDF"
    saved(screen, FIRST, "Changed.")
    assert screen.shows(NAME, "The PDF is being made")
    assert screen.get(f"{NAME}.pdf") == "%PDF"  # until there is another


def test_the_pdf_of_an_earlier_text_is_not_shown(screen: Screen) -> None:
    saved(screen, FIRST, "Changed.")
    assert wait_for(lambda: len(screen.press.jobs) == 2)
    screen.press.deliver(0, printed(b"old"))
    screen.press.deliver(1, printed(b"new"))
    assert screen.no_longer_shows(NAME, "The PDF is being made")
    assert screen.get(f"{NAME}.pdf") == "new"


def test_what_cannot_be_printed_is_told(screen: Screen) -> None:
    screen.press.deliver(0, printed(b"%PDF", Trouble("glyph", "U+10FFFD")))
    assert screen.shows(NAME, "QMS801")
    saved(screen, FIRST, "Changed.")
    assert screen.no_longer_shows(NAME, "QMS801")
    screen.press.deliver(1, QmsError("render-timeout", name=FILE, seconds="120"))
    assert screen.shows(NAME, "--timeout")
    assert "Changed." in screen.get(f"{NAME}.html")
    saved(screen, "Changed.", "Mended.")
    assert screen.no_longer_shows(NAME, "--timeout")


def test_a_page_that_comes_out_the_same_is_not_printed_again(screen: Screen) -> None:
    saved(screen, "reviewers: [CSC-RS-02]", "reviewers: [CSC-RS-02")
    assert screen.shows(NAME, "QMS101")
    saved(screen, "reviewers: [CSC-RS-02", "reviewers: [CSC-RS-02]")
    assert screen.no_longer_shows(NAME, "QMS101")
    assert len(screen.press.jobs) == 1


def test_the_redline_follows_saves_and_commits(screen: Screen) -> None:
    saved(screen, FIRST, "Every complaint gets two answers.")
    name = f"{NAME}.redline"
    assert screen.shows(name, "<ins>two answers</ins>")
    assert "From HEAD to" in screen.get(name)
    saved(screen, "two answers", "five answers")
    assert screen.shows(name, "<ins>five answers</ins>")
    saved(screen, "reviewers: [CSC-RS-02]", "reviewers: [CSC-RS-02")
    assert screen.shows(NAME, "QMS101")
    assert "<ins>five answers</ins>" in screen.get(name)
    saved(screen, "reviewers: [CSC-RS-02", "reviewers: [CSC-RS-02]")
    screen.repo.commit()
    assert screen.no_longer_shows(name, "<ins>five")
    assert 'data-redline=""' not in screen.get(NAME)


def test_a_redline_is_made_only_for_who_looks_at_it(screen: Screen) -> None:
    saved(screen, FIRST, "Changed.")
    assert screen.shows(f"{NAME}.html", "Changed.")
    assert 'data-redline=""' in screen.get(NAME)


def test_a_redline_needs_a_commit(repo: Repo) -> None:
    shutil.copytree(BASE, repo.root, dirs_exist_ok=True)
    with watched(repo, "CSC-QP-01") as screen:
        assert "There is no commit HEAD" in screen.get(f"{NAME}.redline")
        repo.commit()
        assert screen.shows(f"{NAME}.redline", "From HEAD to")


def test_500_saves_of_every_kind_lose_no_final_text(screen: Screen) -> None:
    chance = random.Random(2026)
    file = screen.repo.root / FILE
    text = file.read_text("utf-8")
    for burst in range(25):
        for number in range(20):
            words = f"Save {number} of burst {burst}."
            save = chance.choice((_write, _slowly, _rename, _vim, _remove_first, _twice))
            save(file, text.replace(FIRST, words))
            if chance.random() < 0.5:
                time.sleep(chance.random() * 0.04)
        assert screen.shows(f"{NAME}.html", words), words
    assert not list(file.parent.glob(".*"))


def _write(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")


def _slowly(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8") as stream:
        for part in (text[:100], text[100:300], text[300:]):
            stream.write(part)
            stream.flush()
            time.sleep(0.003)


def _rename(file: Path, text: str) -> None:
    other = file.with_name("4f1c")
    other.write_text(text, "utf-8")
    other.replace(file)


def _vim(file: Path, text: str) -> None:
    swap, backup = file.with_name(f".{file.name}.swp"), file.with_name(f"{file.name}~")
    swap.touch()
    file.rename(backup)
    file.write_text(text, "utf-8")
    backup.unlink()
    swap.unlink()


def _remove_first(file: Path, text: str) -> None:
    file.unlink()
    file.write_text(text, "utf-8")


def _twice(file: Path, text: str) -> None:
    threads = [threading.Thread(target=file.write_text, args=(text, "utf-8")) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_reading_again_is_as_reading_for_the_first_time(small: Repo) -> None:
    repository = Repository.open(small.root)
    state = reading.first(repository)
    small.replace(FILE, FIRST, "Changed.")
    small.write("procedures/CSC-QP-05.md", "broken")
    (small.root / "manual/roles/CSC-RS-01.md").unlink()
    paths = {FILE, "procedures/CSC-QP-05.md", "manual/roles/CSC-RS-01.md"}
    state = reading.again(state, repository, paths)
    fresh = reading.first(repository)
    assert (state.manual, state.report) == (fresh.manual, fresh.report)
    assert reading.again(state, repository, paths) is state
    assert reading.again(state, repository, {f"x{n}" for n in range(reading.MANY + 1)}) is state


def test_only_what_may_have_changed_is_read_unless_it_is_much(small: Repo) -> None:
    repository = Repository.open(small.root)
    state = reading.first(repository)
    small.replace(FILE, FIRST, "Changed.")
    assert reading.again(state, repository, {"manual/CSC-QM-01.md"}) is state
    assert reading.again(state, repository, {"procedures/"}) is not state
    assert reading.again(state, repository, {EVERYTHING}) is not state
    many = {f"x{n}" for n in range(reading.MANY + 1)}
    assert reading.again(state, repository, many) is not state


def test_a_text_is_read_once(small: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository.open(small.root)
    seen: list[str] = []
    original = documents.read_source

    def read_source(path: str, data: bytes, findings: list[Finding]) -> Source:
        seen.append(path)
        return original(path, data, findings)

    monkeypatch.setattr(documents, "read_source", read_source)
    load = partial(workspace.load, read_source=reading.Sources())
    small.write("procedures/CSC-QP-05.md", "broken")
    state = reading.first(repository, load)
    assert len(seen) == len(set(seen)) == 6
    small.replace(FILE, FIRST, "Changed.")
    again = reading.again(state, repository, {FILE}, load)
    assert seen[6:] == [FILE]
    small.replace(FILE, "Changed.", FIRST)
    last = reading.again(again, repository, {FILE}, load)
    assert seen[7:] == []
    assert (last.manual, last.report) == (state.manual, state.report)


def test_a_repository_that_goes_away_is_told(small: Repo) -> None:
    repository = Repository.open(small.root)
    state = reading.first(repository)
    (small.root / ".git").rename(small.root / "git")
    lost = reading.again(state, repository, {FILE})
    assert lost.manual is None
    assert lost.error is not None
    (small.root / "git").rename(small.root / ".git")
    assert reading.again(lost, repository, {FILE}).manual == state.manual
