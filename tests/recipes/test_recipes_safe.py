"""The recipes for GitHub promise little trust: who reads them can rely on these properties."""

import re
from pathlib import Path

import pytest

from tests.recipes.workflows import OURS, RECIPES, ROOT, WORKFLOWS, read, steps

PINNED = {
    "actions/checkout": "3d3c42e5aac5ba805825da76410c181273ba90b1",
    "actions/setup-python": "5fda3b95a4ea91299a34e894583c3862153e4b97",
    "actions/upload-artifact": "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f",
    OURS: "0" * 40,
}
"""What the recipes use, by the full name of a commit; ours the reader fills in."""
PERMISSIONS = {
    "check": {"contents": "read"},
    "gate": {"contents": "read", "issues": "read", "pull-requests": "read", "statuses": "write"},
    "record": {"contents": "read", "issues": "read", "pull-requests": "read"},
    "publish": {"contents": "read"},
}
JOBS = {"qms-check.yml": {"check", "gate"}, "qms-release.yml": {"record", "publish"}}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_do_nothing_and_each_job_what_it_needs(name: str) -> None:
    workflow = read(name)
    assert workflow["permissions"] == {}
    assert workflow["jobs"].keys() == JOBS[name]
    for job, fields in workflow["jobs"].items():
        assert fields["permissions"] == PERMISSIONS[job]
        assert fields["timeout-minutes"] <= 60


@pytest.mark.parametrize("name", ["action.yml", *WORKFLOWS])
def test_what_others_wrote_is_named_by_its_full_commit(name: str) -> None:
    used = re.findall(
        r"^ +(?:- )?uses: (\S+)", (RECIPES / name).read_text("utf-8").split("\nname:", 1)[1], re.M
    )
    assert used
    for each in used:
        action, _, commit = each.partition("@")
        assert PINNED[action] == commit


@pytest.mark.parametrize("name", WORKFLOWS)
def test_everything_is_fetched_and_no_credential_stays(name: str) -> None:
    for job, step in steps(read(name)):
        if step.get("uses", "").startswith("actions/checkout@"):
            options = dict(step["with"])
            # The check reads what would be merged; everything else what stands on main.
            assert options.pop("ref", None) == (None if job == "check" else "main")
            assert options == {"fetch-depth": 0, "persist-credentials": False}


@pytest.mark.parametrize("name", ["action.yml", *WORKFLOWS])
def test_no_expression_stands_in_a_script(name: str) -> None:
    """What GitHub fills in, a title or the name of a branch among it, would be run as shell."""
    recipe = read(name)
    told = recipe["runs"]["steps"] if "runs" in recipe else [each for _, each in steps(recipe)]
    scripts = [step["run"] for step in told if "run" in step]
    assert scripts
    assert [script for script in scripts if "${{" in script] == []


def test_no_secret_is_in_reach_of_a_pull_request() -> None:
    workflow = read("qms-check.yml")
    assert "secrets" not in str(workflow)
    assert [job for job in workflow["jobs"].values() if "environment" in job] == []
    # The token goes to no step but the one that asks.
    with_token = [step["name"] for _, step in steps(workflow)
                  if "github.token" in str(step)]  # fmt: skip
    assert with_token == ["Gate"]


def test_secrets_go_to_main_only_and_to_the_step_that_needs_them() -> None:
    workflow = read("qms-release.yml")
    assert workflow["on"].keys() == {"push", "schedule", "workflow_dispatch"}
    assert workflow["on"]["push"] == {"branches": ["main"]}
    for name, job in workflow["jobs"].items():
        assert "github.ref == 'refs/heads/main'" in job["if"]
        assert job.get("environment") == ("importer" if name == "record" else None)
    holding = {
        step["name"]: re.findall(r"secrets\.(\w+)", str(step))
        for _, step in steps(workflow)
        if "secrets." in str(step)
    }
    assert holding == {
        "Record and release": ["QMS_IMPORTER_KEY"],
        "Bring the records to main": ["QMS_PUSH_KEY"],
    }


def test_two_runs_never_write_at_once() -> None:
    release = {"group": "qms-release", "cancel-in-progress": False}
    assert read("qms-release.yml")["concurrency"] == release
    gate = read("qms-check.yml")["jobs"]["gate"]["concurrency"]
    assert gate["cancel-in-progress"] is False
    assert "github.event.pull_request.number" in gate["group"]


def test_the_gate_checks_out_and_merges_nothing() -> None:
    (script,) = (step["run"] for job, step in steps(read("qms-check.yml"))
                 if job == "gate" and "run" in step)  # fmt: skip
    assert set(re.findall(r"\bgit (?!config)(\S+)", script)) == {"fetch", "rev-parse"}


def test_the_action_installs_by_digest_and_from_nowhere_else() -> None:
    script = read("action.yml")["runs"]["steps"][-1]["run"]
    assert "--require-hashes --only-binary=:all:" in script
    assert "--no-deps --no-index --no-build-isolation" in script
    assert set(re.findall(r"python\S* (-\w)", script)) == {"-I"}
    assert "GITHUB_WORKSPACE" not in script


def _locked(file: Path) -> dict[str, set[str]]:
    """Return package with version → its digests."""
    found: dict[str, set[str]] = {}
    for line in file.read_text("utf-8").splitlines():
        if name := re.match(r"[\w.-]+==\S+", line):
            digests = found.setdefault(name[0], set())
        elif digest := re.search(r"sha256:[0-9a-f]{64}", line):
            digests.add(digest[0])
    return found


def test_what_asks_a_forge_is_pinned_as_it_is_tested() -> None:
    ours, tested = _locked(RECIPES / "forge.lock"), _locked(ROOT / "requirements-dev.lock")
    assert {each.split("==")[0] for each in ours} >= {"httpx", "httpcore", "h11", "anyio"}
    assert ours == {name: tested[name] for name in ours}
