"""`qms forge` on GitLab and Gitea: the same commands, and the recipes that run them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from qms_docs.cli import deciding
from qms_docs.words.errors import QmsError
from tests.acting import Life
from tests.attacks import merging, reviewing, scenes
from tests.attacks.stage import CONTROLLER, DOCUMENT, DRAFTER, MANAGER, QUALITY, begun
from tests.conftest import git
from tests.forge import gitea_server as tea
from tests.forge import gitlab_server as lab
from tests.forge.loopback import TOKEN, Stand, running
from tests.outer import PROJECT, Repo

FOLDERS = {"gitlab": "/api/v4", "gitea": "/api/v1"}
NAMES = {"gitlab": lab.NAME, "gitea": tea.NAME}
VARIABLES = {"gitlab": "GITLAB_TOKEN", "gitea": "GITEA_TOKEN"}


@pytest.fixture(params=FOLDERS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def life(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Life:
    """Return a manual whose authority counts the forge, and nothing proposed yet."""
    folder, home = tmp_path / "manual", tmp_path / "people"
    folder.mkdir()
    home.mkdir()
    stage = begun(folder, merging.before(kind))
    monkeypatch.setattr(deciding, "now", lambda: stage.now)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return Life(stage, Repo(folder.resolve(), home))


def answers(kind: str, life: Life, *who: str) -> dict[str, object]:
    """Propose a change, let people approve it, and return what the forge says of it."""
    stage = life.stage
    if kind == "gitlab":
        merge = merging.Merge.opened(stage)
        merge.approved(*who)
        standing = (lab.approval(number, since) for number, since in merge.standing.items())
        return {
            "merge_request": lab.request(merging.tip(stage), merging.tip(stage, "main")),
            "approvals": lab.approvals(*standing),
            "reviewers": [],
            "notes": merge.notes,
            "versions": merge.versions,
        }
    reviewing.topic(stage)
    return {
        "pull_request": tea.pull(merging.tip(stage), merging.tip(stage, "main")),
        "reviews": [merging.review(stage, each) for each in who],
        "commits": [tea.commit(14, merging.tip(stage))],
    }


def stand(kind: str, told: dict[str, object]) -> Stand:
    return {"gitlab": lab.gitlab, "gitea": tea.gitea}[kind](told)


def file(life: Life, told: object) -> str:
    path = life.repo.home / "event.json"
    path.write_text(json.dumps(told))
    return str(path)


def test_a_file_of_answers_becomes_approvals(kind: str, life: Life) -> None:
    event = file(life, answers(kind, life, QUALITY, MANAGER))
    options = ("--forge", kind, "--event", event)
    assert life.repo.ask("forge", "gate", *options).code == 0
    reviewing.landed(life.stage)
    assert life.ask(CONTROLLER, "forge", "import", *options).code == 0
    life.stage.commit("Reviews")
    assert "Nothing" in life.ask(CONTROLLER, "forge", "import", *options).out
    assert life.ask(CONTROLLER, "release", DOCUMENT).code == 0
    life.stage.commit("Release")
    assert (life.stage.found(), life.stage.in_force()) == ([], 1)
    assert life.repo.ask("show", DOCUMENT).out.count("approved by pull request") == 2


def test_the_record_says_whose_numbers_it_holds(kind: str, life: Life) -> None:
    event = file(life, answers(kind, life, QUALITY, MANAGER))
    life.ask(CONTROLLER, "forge", "import", "--forge", kind, "--event", event)
    (path,) = (line.split()[-1] for line in life.status())
    body = json.loads(life.stage.read(path))["body"]
    assert (body["forge"], body["host"]) == (kind, merging.HOST)
    assert {each["account"] for each in body["reviews"]} == {11, 12}
    assert "demo-" not in json.dumps(body)


@pytest.mark.parametrize("command", ["import", "gate"])
def test_the_forge_is_asked_with_its_own_token(kind: str, life: Life, command: str) -> None:
    told = answers(kind, life, QUALITY, MANAGER)
    with running(stand(kind, told)) as server:
        url = f"{server.url}{FOLDERS[kind]}"
        where = ("--forge", kind, "--pr", "7", "--repository", NAMES[kind], "--url", url)
        key = ("--key", str(life.key(CONTROLLER))) if command == "import" else ()
        answer = life.repo.ask("forge", command, *where, *key, **{VARIABLES[kind]: TOKEN})
        assert answer.code == 0
        assert len(life.status()) == (command == "import")
        with pytest.raises(QmsError) as raised:
            life.repo.ask("forge", command, *where, *key, GITHUB_TOKEN=TOKEN)
    assert raised.value.values["detail"] == "HTTP 401"


def test_what_is_missing_is_said(kind: str, life: Life) -> None:
    event = file(life, answers(kind, life, QUALITY))
    answer = life.repo.ask("forge", "gate", "--forge", kind, "--event", event)
    assert answer.code == 1
    assert f"The approval of {DOCUMENT} by CSC-RS-01 is missing" in answer.out


def test_the_file_of_another_forge_is_refused(kind: str, life: Life) -> None:
    event = file(life, answers(kind, life, QUALITY, MANAGER))
    other = {"gitlab": "gitea", "gitea": "gitlab"}[kind]
    for forge in (other, "github"):
        with pytest.raises(QmsError):
            life.repo.ask("forge", "gate", "--forge", forge, "--event", event)


def test_another_host_is_refused_by_its_name(kind: str, life: Life) -> None:
    told: dict[str, Any] = answers(kind, life, QUALITY, MANAGER)
    inside, field = {
        "gitlab": ("merge_request", "web_url"),
        "gitea": ("pull_request", "html_url"),
    }[kind]
    told[inside][field] = told[inside][field].replace(merging.HOST, "forge.example.net")
    with pytest.raises(QmsError) as raised:
        life.repo.ask("forge", "gate", "--forge", kind, "--event", file(life, told))
    assert raised.value.key == "other-repository"
    assert raised.value.values["forge"] == "forge.example.net"


def test_gitea_has_no_address_that_everybody_means(life: Life, kind: str) -> None:
    if kind == "gitea":
        with pytest.raises(QmsError) as raised:
            life.repo.ask("forge", "gate", "--forge", kind, "--pr", "7", "--repository", "a/b")
        assert raised.value.values["option"] == "--url"


# --- the recipes ---------------------------------------------------------------------------------


def _recipe(kind: str, job: str) -> str:
    """Return the commands of a job of a recipe, as the runner gives them to a shell."""
    name = {"gitlab": "gitlab-ci.yml", "gitea": "gitea-workflow.yml"}[kind]
    read = yaml.safe_load((PROJECT / "recipes" / name).read_text("utf-8"))
    if kind == "gitlab":
        return "\n".join(read[job]["script"])
    return "\n".join(step["run"] for step in read["jobs"][job]["steps"])


@pytest.fixture
def server(kind: str, life: Life) -> Iterator[tuple[Stand, Path, dict[str, str]]]:
    """Run the forge with an approved pull request; give its repository, and what a job is given."""
    told = answers(kind, life, QUALITY, MANAGER)
    bare = life.repo.home / "server.git"
    git(life.repo.root, "clone", "--quiet", "--bare", str(life.repo.root), str(bare))
    reference = {"gitlab": "merge-requests", "gitea": "pull"}[kind]
    git(bare, "update-ref", f"refs/{reference}/7/head", merging.tip(life.stage))
    git(bare, "config", "receive.advertisePushOptions", "true")
    git(bare, "symbolic-ref", "HEAD", "refs/heads/main")
    git(bare, "branch", "--quiet", "--delete", "--force", "topic")
    shim = life.repo.home / "bin" / "qms"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m qms_docs "$@"\n')
    shim.chmod(0o755)
    with running(stand(kind, told)) as forge:
        url = f"{forge.url}{FOLDERS[kind]}"
        key = shutil.copy2(life.key(CONTROLLER), life.repo.home / "QMS_KEY")
        yield (
            forge,
            bare,
            {
                "PATH": f"{shim.parent}:{Path(sys.executable).parent}:{os.environ['PATH']}",
                "HOME": str(life.repo.home),
                "PYTHONPATH": str(PROJECT),
                "LC_ALL": "C.UTF-8",
                "NO_PROXY": "127.0.0.1",
                VARIABLES[kind]: TOKEN,
                "QMS_REMOTE": str(bare),
                "QMS_OUTPUT": str(life.repo.home / "public"),
                "QMS_KEY": str(key),
                "QMS_KEY_TEXT": key.read_text().rstrip("\n"),
                "CI_API_V4_URL": url,
                "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
                "CI_MERGE_REQUEST_PROJECT_PATH": NAMES[kind],
                "CI_PROJECT_PATH": NAMES[kind],
                "CI_MERGE_REQUEST_IID": "7",
                "CI_DEFAULT_BRANCH": "main",
                "URL": url,
                "REPOSITORY": NAMES[kind],
                "NUMBER": "7",
            },
        )


def _run(kind: str, job: str, folder: Path, bare: Path, variables: dict[str, str]) -> str:
    """Run a job as a runner does: GitLab's has the commit in its folder, without a branch."""
    folder.mkdir()
    if kind == "gitlab":
        git(folder, "clone", "--quiet", str(bare), "work")
        folder = folder / "work"
        git(folder, "checkout", "--quiet", "--detach")
    command = ["bash", "-eo", "pipefail", "-c", _recipe(kind, job)]
    done = subprocess.run(
        command, cwd=folder, env=variables, capture_output=True, text=True, timeout=900
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_gate_of_the_recipe_asks_the_forge(
    kind: str, server: tuple[Stand, Path, dict[str, str]], tmp_path: Path
) -> None:
    _, bare, variables = server
    out = _run(kind, "gate", tmp_path / "job", bare, variables)
    assert out == f"Pull request 7 has all approvals: {DOCUMENT}.\n"


def test_the_recipe_imports_releases_and_publishes_what_was_merged(
    kind: str, life: Life, server: tuple[Stand, Path, dict[str, str]], tmp_path: Path
) -> None:
    forge, bare, variables = server
    before = merging.tip(life.stage, "main")
    life.stage.git("switch", "--quiet", "main")
    message = {
        "gitlab": f"Change\n\nSee merge request {lab.NAME}!7",
        "gitea": "Merge pull request 'Change' (#7) from topic into main",
    }[kind]
    scenes.squashed(life.stage, "topic", DRAFTER, message)
    after = merging.tip(life.stage, "main")
    git(life.repo.root, "push", "--quiet", str(bare), "main")
    if kind == "gitea":
        forge.holds[tea.PATH] = {
            **tea.pull(merging.tip(life.stage), after),
            "merged": True,
            "merge_base": before,
        }
    variables |= {"CI_COMMIT_BEFORE_SHA": before, "CI_COMMIT_SHA": after}
    variables |= {"BEFORE": before, "AFTER": after}
    _run(kind, "release", tmp_path / "job", bare, variables)
    subjects = git(bare, "log", "--format=%s", f"{after}..main").splitlines()
    assert [each.split()[0] for each in subjects] == ["Release", "Reviews"]
    manifest = json.loads((life.repo.home / "public" / "current" / "manifest.json").read_text())
    assert DOCUMENT in json.dumps(manifest)
    assert not (tmp_path / "job" / "manual" / "public").exists()
