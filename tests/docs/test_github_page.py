"""docs/github.md leads from nothing to a green gate and a published PDF, as written."""

import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import git
from tests.docs.pages import ROOT, blocks
from tests.forge import settings
from tests.forge.server import TOKEN, Answer
from tests.forge.server import running as told_once
from tests.recipes.hub import Hub, running
from tests.recipes.workflows import Runner, commands, read

PAGE = (ROOT / "docs" / "github.md").read_text("utf-8")
NAME = settings.NAME
PEOPLE = ("first", "second", "third")
ACCOUNTS = {"first": 11, "second": 12, "third": 13}


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


@dataclass
class Walk:
    """Somebody who follows the page, and the forge that the page speaks of."""

    folder: Path
    env: dict[str, str]
    reviews: list[dict[str, object]] = field(default_factory=list)

    @property
    def root(self) -> Path:
        return self.folder / "manual"

    @property
    def server(self) -> Path:
        return self.folder / "server.git"

    def do(self, heading: str, number: int = 0, url: str = "") -> str:
        """Run a block of commands as it stands below a heading; what it prints."""
        script = list(blocks(section(heading), "sh"))[number]
        script = script.replace("git@github.com:OWNER/NAME.git", str(self.server))
        script = script.replace("OWNER/NAME", f"{NAME} --url {url}")
        script = script.replace("qms forge codeowners", f"qms forge codeowners --url {url}")
        script = script.replace("/path/to/qms-docs", str(ROOT))
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.root if self.root.exists() else self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, f"{heading}: {done.stdout}{done.stderr}"
        return done.stdout

    def write_data(self) -> None:
        """Write policy and authority as the page says, with the keys of the people."""
        authority = next(blocks(section("Begin the manual"), "yaml"))
        for name in re.findall(r"LINE OF (\S+\.pub)", authority):
            line = " ".join((self.folder / name).read_text().split()[:2])
            authority = authority.replace(f"LINE OF {name}", line)
        examples = ROOT / "qms_docs" / "data" / "examples"
        (self.root / "manual" / "authority.yaml").write_text(authority)
        policy = (examples / "policy.yaml").read_text()
        (self.root / "manual" / "policy.yaml").write_text(policy)

    def event(self) -> dict[str, object]:
        """Return pull request 7 as GitHub tells it, with the reviews given so far."""
        base, head = (self.commit(f"origin/{name}") for name in ("main", "complaints"))
        return {
            "pull_request": {
                "number": 7,
                "user": settings.simple_user(ACCOUNTS["third"]),
                "head": {"sha": head},
                "base": {"sha": base, "repo": {"id": settings.REPOSITORY, "full_name": NAME}},
            },
            "reviews": list(self.reviews),
            "commits": [
                {
                    "sha": self.commit("origin/complaints~1"),
                    "parents": [{"sha": base}],
                    "author": settings.simple_user(ACCOUNTS["third"]),
                }
            ],
        }

    def click(self, who: str) -> None:
        number = len(self.reviews) + 1
        self.reviews.append(
            {
                "id": number,
                "user": settings.simple_user(ACCOUNTS[who]),
                "state": "APPROVED",
                "commit_id": self.commit("origin/complaints"),
                "submitted_at": f"2026-03-02T09:0{number}:00Z",
                "pull_request_url": f"https://api.github.com/repos/{NAME}/pulls/7",
            }
        )

    def commit(self, revision: str) -> str:
        return git(self.root, "rev-parse", revision).strip()

    def merge(self, branch: str) -> None:
        """Bring a branch to main on the forge."""
        git(self.root, "push", "--quiet", "origin", f"origin/{branch}:refs/heads/main")
        git(self.root, "fetch", "--quiet", "origin")

    def job(self, hub: Hub, file: str, name: str, number: int) -> Runner:
        """Run a job of a workflow as it is committed in the manual."""
        folder = self.folder / f"runner-{number}"
        (folder / "home").mkdir(parents=True)
        env = {
            **self.env,
            "HOME": str(folder / "home"),
            "GITHUB_API_URL": hub.url,
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_REPOSITORY": NAME,
        }
        context = {
            "github.token": TOKEN,
            "github.ref": "refs/heads/main",
            "runner.temp": str(folder / "temp"),
            "vars.QMS_REMOTE": str(self.server),
            "github.event.pull_request.number || inputs.number": "7",
            "secrets.QMS_IMPORTER_KEY": (self.folder / "importer").read_text(),
            "secrets.QMS_PUSH_KEY": (self.folder / "push").read_text(),
        }
        runner = Runner(folder, self.server, env, context)
        job = read(self.root / ".github" / "workflows" / file)["jobs"][name]
        assert runner.run(job) == 0, runner.output
        return runner


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    """Return somebody with keys for three people, and an empty repository on the forge."""
    home = tmp_path / "home"
    home.mkdir()
    who = "name = Third Person\nemail = third.person@example.com\n"
    (home / ".gitconfig").write_text(f"[user]\n{who}")
    for name in PEOPLE:
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", name]
        subprocess.run(command, cwd=tmp_path, check=True)
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "server.git")
    env = {
        "PATH": commands(tmp_path / "bin"),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "GITHUB_TOKEN": TOKEN,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    return Walk(tmp_path, env)


def test_the_page_leads_to_a_green_gate_and_a_published_pdf(walk: Walk) -> None:
    walk.do("The keys")
    walk.do("Begin the manual")
    walk.write_data()
    walk.do("Begin the manual", 1)
    with told_once() as server:
        for number in (11, 12):
            server.tell("GET", f"/user/{number}", Answer(settings.user(number)))
        walk.do("The settings", url=server.url)
    walk.merge("owners")
    with told_once() as server:
        guarded = {
            settings.PROTECTION: settings.refusal(404, "Branch not protected"),
            settings.RULES: Answer(settings.rules()),
            settings.RULESET: Answer(settings.ruleset(settings.bypasser("DeployKey"))),
        }
        settings.tell(server, tuple(ACCOUNTS.values()), guarded)
        said = walk.do("Ask the doctor", url=server.url)
    assert "Everything was seen and is as the authority in force needs it." in said
    walk.do("The first pull request")
    git(walk.root, "push", "--quiet", "origin", "complaints:refs/pull/7/head")
    with running(Hub(walk.event())) as hub:
        walk.job(hub, "qms-check.yml", "gate", 1)
        for who in ("second", "first"):
            walk.click(who)
        hub.event = walk.event()
        walk.job(hub, "qms-check.yml", "gate", 2)
        states = [state for _, _, state in hub.statuses]
        assert states == ["pending", "failure", "pending", "success"]
        walk.merge("complaints")
        hub.merged = True
        walk.job(hub, "qms-release.yml", "record", 3)
        published = walk.job(hub, "qms-release.yml", "publish", 4)
    assert [file.name for file in published.kept[0].rglob("EX-QP-01*.pdf")] != []
    said = walk.do("After the merge")
    assert said.count("approved by pull request") == 2
    assert list((walk.folder / "public" / "current").rglob("EX-QP-01*.pdf")) != []


def test_the_importers_next_key_is_written_as_the_page_says(walk: Walk) -> None:
    walk.do("The keys")
    walk.do("Begin the manual")
    walk.do("The importer's key")
    walk.write_data()
    (entry,) = blocks(section("The importer's key"), "yaml")
    file = walk.root / "manual" / "authority.yaml"
    old = re.search(
        r"    keys: .*importer.*\n|    keys: .*\n(?=    roles: .*EX-RS-04)", file.read_text()
    )
    assert old
    for name in ("importer", "importer-2"):
        line = " ".join((walk.folder / f"{name}.pub").read_text().split()[:2])
        entry = entry.replace(f"LINE OF {name}.pub", line)
    keys = entry.split("\n", 1)[1]
    file.write_text(file.read_text().replace(old[0], keys))
    said = subprocess.run(["qms", "check"], cwd=walk.root, env=walk.env, capture_output=True)
    assert said.returncode == 0, said.stdout


def test_the_workflows_name_one_commit_of_the_program(walk: Walk) -> None:
    walk.do("The keys")
    walk.do("Begin the manual")
    commit = git(ROOT, "rev-parse", "HEAD").strip()
    for file in (walk.root / ".github" / "workflows").iterdir():
        text = file.read_text().split("\nname:", 1)[1]
        assert f"uses: example-org/qms-docs/recipes/github@{commit}" in text
        assert "YOUR-ORGANISATION" not in text
        assert "0" * 40 not in text


def test_both_languages_show_the_same_commands() -> None:
    chinese = ROOT / "docs" / "zh-CN" / "github.md"
    for language in ("sh", "yaml"):
        theirs = list(blocks(chinese.read_text("utf-8"), language))
        assert theirs == list(blocks(PAGE, language))
