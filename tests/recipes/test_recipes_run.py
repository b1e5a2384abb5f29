"""The recipes for GitHub do what they say: their shell, a real bare repository, a stand-in."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from qms_docs.edges.git import Repository
from qms_docs.work import history
from tests.acting import write_key
from tests.attacks import reviewing
from tests.attacks.stage import CONTROLLER, DOCUMENT, MANAGER, QUALITY, Stage, begun
from tests.conftest import git
from tests.forge.server import TOKEN
from tests.recipes.hub import Hub, running
from tests.recipes.workflows import ROOT, Runner, commands, read

CHECK, RELEASE = read("qms-check.yml")["jobs"], read("qms-release.yml")["jobs"]
_NUMBER = "github.event.pull_request.number || inputs.number"


@dataclass
class Site:
    """A manual on a forge: people who work on it, the bare repository, and runners."""

    stage: Stage
    hub: Hub
    folder: Path
    count: int = 0

    def pushed(self, *refs: str) -> None:
        """Bring branches to the bare repository, whatever stands there."""
        there = [f"+{ref}" for ref in refs]
        git(self.stage.root, "push", "--quiet", str(self.stage.server), *there)

    def proposed(self) -> None:
        """Bring the topic as pull request 7."""
        self.pushed("topic:refs/pull/7/head", "topic:refs/pull/7/merge")

    def clicked(self, *who: str) -> None:
        """Let people approve what stands at the tip of the topic."""
        clicks = [reviewing.review(self.stage, each) for each in who]
        self.hub.event = json.loads(reviewing.event(self.stage, *clicks))

    def runner(self, **secrets: str) -> Runner:
        self.count += 1
        folder = self.folder / f"runner-{self.count}"
        folder.mkdir()
        (folder / "home").mkdir()
        env = {
            "PATH": commands(folder / "bin"),
            "HOME": str(folder / "home"),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "GITHUB_API_URL": self.hub.url,
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_REPOSITORY": reviewing.NAME,
        }
        context = {
            "github.token": TOKEN,
            "github.ref": "refs/pull/7/merge",
            "runner.temp": str(folder / "temp"),
            "vars.QMS_REMOTE": str(self.stage.server),
            _NUMBER: "7",
            **{f"secrets.{name}": text for name, text in secrets.items()},
        }
        return Runner(folder, self.stage.server, env, context)

    def recorded(self) -> Runner:
        """Run the job that records and releases, with the importer's key."""
        key = self.folder / "key"
        if not key.exists():
            write_key(key, self.stage.keys[CONTROLLER])
        runner = self.runner(QMS_IMPORTER_KEY=key.read_text(), QMS_PUSH_KEY="not needed here")
        assert runner.run(RELEASE["record"]) == 0, runner.output
        assert not any(
            "PRIVATE KEY" in file.read_text("utf-8", "replace")
            for file in (runner.folder / "temp").iterdir()
        )
        return runner

    def released(self) -> list[int]:
        """Return which revisions of the document count, as the forge's main says it."""
        ledger = history.ledger(Repository.bare(self.stage.server), "refs/heads/main")
        assert list(ledger.open_notes) == []
        return [issue.subject.revision for issue in ledger.issues.get(DOCUMENT, [])]

    def told(self) -> list[str]:
        """Return the states that the gate has reported for the head of the pull request."""
        head = git(self.stage.server, "rev-parse", "refs/pull/7/head").strip()
        assert {(commit, context) for commit, context, _ in self.hub.statuses} == {
            (head, "qms gate")
        }
        return [state for _, _, state in self.hub.statuses]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Return a manual with pull request 7, which nobody has reviewed yet."""
    folder = tmp_path / "manual"
    folder.mkdir()
    stage = begun(folder, reviewing.before)
    stage.serve()
    reviewing.topic(stage)
    with running(Hub()) as hub:
        found = Site(stage, hub, tmp_path)
        found.proposed()
        found.clicked()
        yield found


def test_the_gate_opens_with_the_last_approval(site: Site) -> None:
    runner = site.runner()
    assert runner.run(CHECK["gate"]) == 0, runner.output
    assert f"The approval of {DOCUMENT} by CSC-RS-01 is missing" in runner.output
    assert site.told() == ["pending", "failure"]
    site.clicked(QUALITY, MANAGER)
    runner = site.runner()
    assert runner.run(CHECK["gate"]) == 0, runner.output
    assert site.told() == ["pending", "failure", "pending", "success"]
    assert TOKEN not in runner.output


def test_the_gate_reports_nothing_of_another_commit_than_it_has_judged(site: Site) -> None:
    """Who pushes in between would else get the answer for what was approved."""
    site.clicked(QUALITY, MANAGER)
    reviewing.changed(site.stage, "within 10 days", "within 90 days")
    site.proposed()
    runner = site.runner()
    assert runner.run(CHECK["gate"]) == 2
    assert site.told() == ["pending", "error"]
    assert "Pull request 7 ends with commit" in runner.output


def test_the_gate_reports_nothing_of_a_pull_request_for_another_branch(site: Site) -> None:
    """Compared with itself it would change nothing, and a status belongs to the commit alone."""
    head = site.stage.git("rev-parse", "topic").strip()
    site.hub.event["pull_request"]["base"]["sha"] = head  # type: ignore[index]  # a story writes it
    runner = site.runner()
    assert runner.run(CHECK["gate"]) == 2
    assert site.told() == ["pending", "error"]
    assert "does not lie on the way" in runner.output


def test_the_gate_is_no_place_for_other_words_than_a_number(site: Site) -> None:
    runner = site.runner()
    runner.context = {**runner.context, _NUMBER: "7; touch /tmp/x"}
    assert runner.run(CHECK["gate"]) == 1
    assert site.hub.statuses == []


def test_no_code_of_a_pull_request_is_run(site: Site) -> None:
    mark = site.folder / "was here"
    code = f"open({str(mark)!r}, 'w').close()\n"
    site.stage.write(
        {
            "sitecustomize.py": code,
            "usercustomize.py": code,
            "qms_docs/__init__.py": code,
            "click.py": code,
            "git": f"#!/bin/sh\ntouch '{mark}'\n",
            ".gitattributes": "*.md filter=run\n",
            ".gitmodules": '[submodule "x"]\npath = x\nurl = .\n',
        }
    )
    (site.stage.root / "git").chmod(0o755)
    site.stage.commit("A surprise")
    site.proposed()
    site.clicked(QUALITY, MANAGER)
    for job in ("check", "gate"):
        runner = site.runner()
        runner.run(CHECK[job])
        assert not mark.exists(), job
    assert site.told()[-1] in ("success", "failure")


def test_a_text_that_is_not_in_order_is_told_beside_its_line(site: Site) -> None:
    runner = site.runner()
    assert runner.run(CHECK["check"]) == 0, runner.output
    site.stage.edit("procedures/CSC-QP-01.md", "CSC-FM-01-01 Complaint", "CSC-FM-77-01 Complaint")
    site.stage.commit("A slip")
    site.proposed()
    runner = site.runner()
    assert runner.run(CHECK["check"]) == 1
    assert "::error file=procedures/CSC-QP-01.md" in runner.output


def merged(site: Site) -> None:
    """Squash pull request 7 into main, on the forge."""
    reviewing.landed(site.stage)
    site.pushed("main:refs/heads/main")
    site.hub.merged = True


def test_what_is_merged_and_approved_is_released_and_comes_to_main_once(site: Site) -> None:
    site.clicked(QUALITY, MANAGER)
    assert site.released() == []
    merged(site)
    site.recorded()
    assert site.released() == [1]
    tip = site.stage.on_server()
    again = site.recorded()
    assert site.stage.on_server() == tip
    assert "Nothing was written." in again.output
    changed = git(site.stage.server, "diff", "--name-only", f"{tip}~2", tip).split()
    assert all(path.startswith("records/") for path in changed)


def test_what_lacks_an_approval_is_recorded_and_not_released(site: Site) -> None:
    site.clicked(QUALITY)
    merged(site)
    runner = site.recorded()
    assert site.released() == []
    assert "is missing" in runner.output
    messages = git(site.stage.server, "log", "-2", "--format=%s").splitlines()
    assert messages[0] == "Reviews of pull request 7"


def test_a_pull_request_without_reviews_stops_nobody(site: Site) -> None:
    merged(site)
    tip = site.stage.on_server()
    runner = site.recorded()
    assert "::notice::The reviews of pull request 7 were not recorded" in runner.output
    assert site.stage.on_server() == tip


def test_what_is_in_force_is_published(site: Site) -> None:
    site.clicked(QUALITY, MANAGER)
    merged(site)
    site.recorded()
    runner = site.runner()
    runner.context = {**runner.context, "github.ref": "refs/heads/main"}
    assert runner.run(RELEASE["publish"]) == 0, runner.output
    (there,) = runner.kept
    assert [file.name for file in there.rglob(f"{DOCUMENT}*.pdf")] != []
    assert (there / "manifest.json").is_file()
