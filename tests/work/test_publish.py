"""Publishing: exactly what is in force, only what has changed, one whole publication at a time."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from qms_docs.edges.git import Repository
from qms_docs.edges.workers import WorkerPool
from qms_docs.words.evidence import Meaning
from qms_docs.words.model import Status
from qms_docs.work import history, plan, publish
from qms_docs.work.plan import Reason
from qms_docs.work.publish import Publication
from tests.attacks.stage import DOCUMENT, MANAGER, PATH, Stage, begun


@dataclass
class Press:
    """A stage with a shelf beside it."""

    stage: Stage
    folder: Path

    def run(
        self, *, later: timedelta = timedelta(), afresh: bool = False, seconds: float = 60
    ) -> Publication:
        return publish.publish(
            Repository.open(self.stage.root),
            self.folder,
            self.stage.now + later,
            lambda: WorkerPool(1, seconds),
            lambda *_: None,
            afresh=afresh,
        )

    def reasons(self, made: Publication) -> dict[str, Reason]:
        return {step.wanted.name: step.reason for step in made.plan.steps}

    def statuses(self, made: Publication) -> dict[str, Status]:
        assert made.edition is not None
        manifest = made.edition.manifest
        return {text.file.name: text.status_at(manifest.as_of) for text in manifest.texts}

    def read(self, name: str) -> bytes:
        return (self.folder / "current" / name).read_bytes()


@pytest.fixture
def press(tmp_path: Path) -> Press:
    (tmp_path / "repo").mkdir()
    stage = begun(tmp_path / "repo")
    stage.issued(DOCUMENT)
    return Press(stage, tmp_path / "public")


ENGLISH, CHINESE = f"{DOCUMENT}.en.pdf", f"{DOCUMENT}.zh-CN.pdf"
OLD = {f"superseded/{DOCUMENT}.r1.{tag}.pdf" for tag in ("en", "zh-CN")}


def test_a_life_from_issue_to_withdrawal(press: Press) -> None:
    first = press.run()
    assert first.is_new
    assert press.reasons(first) == {ENGLISH: Reason.NEW, CHINESE: Reason.NEW}
    assert set(press.statuses(first).values()) == {Status.EFFECTIVE}
    released = press.read(ENGLISH)

    press.stage.edit(PATH, "## Records", "Not released.\n\n## Records")
    press.stage.commit("A draft")  # nothing of it reaches readers; only the tip is another
    second = press.run()
    assert set(press.reasons(second).values()) == {Reason.SAME}
    assert press.read(ENGLISH) == released

    press.stage.git("checkout", "--quiet", "HEAD~1", "--", PATH)
    press.stage.commit("Back")
    press.stage.revised("## Records", "New.\n\n## Records")
    press.stage.issued(DOCUMENT)
    third = press.run()
    assert press.reasons(third) == {
        **dict.fromkeys((ENGLISH, CHINESE), Reason.NEW),
        **dict.fromkeys(OLD, Reason.STATUS),
    }
    assert {n for n, s in press.statuses(third).items() if s is Status.SUPERSEDED} == OLD
    marked = press.folder / "current" / f"superseded/{DOCUMENT}.r1.en.pdf"
    with pikepdf.open(marked) as opened:
        contents = [page.Contents.read_bytes() if not isinstance(page.Contents, pikepdf.Array)
                    else page.Contents[0].read_bytes() for page in opened.pages]  # fmt: skip
    assert all(b"/Artifact" in each for each in contents)

    press.stage.say(MANAGER, Meaning.WITHDRAW)
    press.stage.commit("Withdrawn")
    fourth = press.run()
    assert set(press.statuses(fourth).values()) == {Status.SUPERSEDED, Status.WITHDRAWN}
    assert {path.name for path in (press.folder / "current").glob("*.pdf")} == set()
    again = press.run()
    assert not again.is_new
    assert sorted(path.name for path in press.folder.glob("0*")) == ["0001", "0002", "0003", "0004"]
    assert (press.folder / "0001" / ENGLISH).read_bytes() == released


def test_time_alone_changes_nothing_that_readers_see(press: Press) -> None:
    press.run()
    again = press.run(later=timedelta(days=3))
    assert not again.is_new
    assert set(press.reasons(again).values()) == {Reason.SAME}


def test_afresh_gives_the_same_bytes(press: Press) -> None:
    first = press.run()
    again = press.run(afresh=True)
    assert set(press.reasons(again).values()) == {Reason.NEW}
    assert not again.is_new  # nothing came out otherwise
    assert first.edition is not None
    assert again.edition is not None
    assert first.edition.manifest == again.edition.manifest


def test_a_damaged_file_is_made_again(press: Press) -> None:
    press.run()
    file = press.folder / "current" / ENGLISH
    whole = file.read_bytes()
    file.chmod(0o644)
    file.write_bytes(whole[:-1] + b"x")
    made = press.run()
    assert press.reasons(made) == {ENGLISH: Reason.DAMAGED, CHINESE: Reason.SAME}
    assert press.read(ENGLISH) == whole


def test_what_cannot_be_printed_leaves_readers_what_they_had(press: Press) -> None:
    first = press.run()
    press.stage.revised("## Records", "New.\n\n## Records")
    press.stage.issued(DOCUMENT)
    failed = press.run(seconds=0.001)
    assert not failed.is_new
    assert {finding.code for finding in failed.findings} == {"QMS806"}
    current = press.folder / "current"
    assert first.edition is not None
    assert current.resolve() == first.edition.folder


def test_a_newer_review_is_the_same_text_with_newer_facts(press: Press) -> None:
    first = press.run()
    press.stage.now += timedelta(days=40)
    press.stage.say("quality", Meaning.REAFFIRM)
    press.stage.say(MANAGER, Meaning.REAFFIRM)
    press.stage.commit("Reaffirmed")
    made = press.run()
    assert press.reasons(made) == {ENGLISH: Reason.FACTS, CHINESE: Reason.FACTS}
    assert first.edition is not None
    assert made.edition is not None
    before = {text.file.name: text.file.sha256 for text in first.edition.manifest.texts}
    for text in made.edition.manifest.texts:
        assert text.earlier == (before[text.file.name],)
        assert text.file.sha256 != before[text.file.name]


def test_the_words_of_a_mark_decide_its_bytes_and_no_others(press: Press) -> None:
    press.stage.revised("## Records", "New.\n\n## Records")
    press.stage.issued(DOCUMENT)
    manual = history.then(Repository.open(press.stage.root), press.stage.now).manual
    other = replace(manual, policy=replace(manual.policy, translations=()))
    inputs = [{each.name: each.inputs for each in plan.wanted(it, {})} for it in (manual, other)]
    assert {name for name in inputs[0] if inputs[0][name] != inputs[1][name]} == OLD


def test_an_earlier_day_is_printed_as_it_was(press: Press, tmp_path: Path) -> None:
    press.run()
    day, before = press.stage.now, press.read(ENGLISH)
    press.stage.revised("## Records", "New.\n\n## Records")
    press.stage.issued(DOCUMENT)
    press.run()
    assert press.read(ENGLISH) != before

    repository = Repository.open(press.stage.root)
    pool = WorkerPool(1, 60)
    then = publish.publish(repository, tmp_path / "then", day, lambda: pool, lambda *_: None)
    assert then.edition is not None
    assert (then.edition.folder / ENGLISH).read_bytes() == before
    assert len(then.edition.manifest.texts) == 2
