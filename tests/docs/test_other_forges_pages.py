"""docs/gitlab.md and docs/gitea.md lead to a green gate and a published PDF, as written."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from qms_docs.text import schema, yamltext
from tests.acting import Life
from tests.attacks import merging, scenes
from tests.attacks.stage import DOCUMENT, DRAFTER
from tests.cli import test_forge_kinds as kinds
from tests.conftest import git
from tests.docs.pages import ROOT, blocks
from tests.forge import gitea_server as tea
from tests.forge.loopback import Stand

kind, life, server = kinds.kind, kinds.life, kinds.server
Served = tuple[Stand, Path, dict[str, str]]
MADE_UP = {
    "gitlab": ("https://gitlab.example.com/api/v4", "group/manual", "demo%2Fmanual"),
    "gitea": ("https://gitea.example.com/api/v1", "demo/manual", "demo%2Fmanual"),
}


def page(kind: str, folder: str = "") -> str:
    return (ROOT / "docs" / folder / f"{kind}.md").read_text("utf-8")


def blocks_indented(text: str) -> list[str]:
    """Return the blocks of shell that stand in a list."""
    return [part.split("```")[0] for part in text.split("   ```sh\n")[1:]]


def done(kind: str, script: str, folder: Path, served: Served) -> str:
    """Run commands of a page, with the address and the names of the stand-in; what they print."""
    _, _, variables = served
    url, name, path = MADE_UP[kind]
    there = kinds.NAMES[kind]
    for written, meant in (
        (url, variables["URL"]),
        (path, there.replace("/", "%2F")),
        (name, there),
        ("--pr 12", "--pr 7"),
        ("/12/", "/7/"),
    ):
        script = script.replace(written, meant)
    said = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert said.returncode == 0, said.stdout + said.stderr
    return said.stdout


def merged(kind: str, life: Life, served: Served) -> None:
    """Let the forge squash the approved change into main."""
    forge, bare, _ = served
    before = merging.tip(life.stage, "main")
    life.stage.git("switch", "--quiet", "main")
    scenes.squashed(life.stage, "topic", DRAFTER, "Change (#7)")
    git(life.repo.root, "push", "--quiet", str(bare), "main")
    if kind == "gitea":
        told = tea.pull(merging.tip(life.stage), merging.tip(life.stage, "main"))
        forge.holds[tea.PATH] = {**told, "merged": True, "merge_base": before}


def test_the_page_leads_to_a_green_gate_and_a_published_pdf(
    kind: str, life: Life, server: Served, tmp_path: Path
) -> None:
    _, bare, variables = server
    home = Path(variables["HOME"])
    (home / "QMS_KEY").rename(home / "importer")
    (home / ".gitconfig").write_text("[user]\nname = Importer\nemail = importer@example.com\n")
    public = subprocess.run(
        ["ssh-keygen", "-y", "-f", str(home / "importer")], capture_output=True, check=True
    )
    (home / "importer.pub").write_bytes(public.stdout)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(bare), str(clone))
    for command in blocks_indented(page(kind)):
        assert '"approved_at"' in done(kind, command, clone, server)
    *_, gate, after = blocks(page(kind), "sh")
    assert f"has all approvals: {DOCUMENT}" in done(kind, gate, clone, server)
    merged(kind, life, server)
    said = done(kind, after, clone, server)
    assert "IN FORCE" in said.upper()
    assert (home / "public" / "current" / f"{DOCUMENT}.en.pdf").is_file()
    git(clone, "fetch", "--quiet", "origin")
    assert git(clone, "log", "-1", "--format=%s", "origin/main") == f"Release of {DOCUMENT}\n"


def test_the_authority_of_the_page_is_one(kind: str, life: Life) -> None:
    shown = value(page(kind).split("```yaml\n", 1)[1].split("```", 1)[0])
    whole = value(life.stage.read("manual/authority.yaml"))
    person = {**next(iter(whole["people"].values())), **shown["people"]["first-person"]}
    told = {**whole, **shown, "people": {"first-person": person}}
    assert list(schema.validate("authority", told, "manual/authority.yaml", {})) == []


def value(text: str) -> dict[str, Any]:
    read = yamltext.read(text, "manual/authority.yaml", "QMS101").value
    assert isinstance(read, dict)
    return read


@pytest.mark.parametrize("forge", MADE_UP)
def test_both_languages_show_the_same_commands(forge: str) -> None:
    english, chinese = page(forge), page(forge, "zh-CN")
    assert list(blocks(english, "sh")) == list(blocks(chinese, "sh"))
    assert blocks_indented(english) == blocks_indented(chinese)
