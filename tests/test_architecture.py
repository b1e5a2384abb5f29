"""The house keeps its ways: pure rooms are pure, modules are small, start-up is light.

That a room imports only from rooms below it, the import contract in pyproject.toml says.
"""

import ast
import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import qms_docs
from qms_docs.cli.main import qms
from tests.conftest import manual_at

PACKAGE = Path(qms_docs.__file__).parent
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
PURE = ("words", "text", "judge", "rules", "show", "check.py")
"""Rooms whose answers depend on their arguments alone."""
IMPURE = {
    "os", "io.open", "pathlib", "subprocess", "multiprocessing", "threading", "asyncio", "socket",
    "http", "urllib.request", "ssl", "tempfile", "shutil", "glob", "time", "random", "secrets",
    "uuid", "locale", "platform", "ctypes", "sqlite3", "pickle", "logging", "warnings",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today", "fromtimestamp"}
OUTSIDE = {
    "words": set(),
    "text": {
        "yaml",
        "jsonschema_rs",
        "markdown_it",
        "mdit_py_plugins",
        "tinycss2",
        "cssselect2",
        "cryptography",
    },
    "judge": set(),
    "rules": set(),
    "check.py": set(),
    "show": {"jinja2", "markupsafe", "segno", "xlsxwriter"},
}
"""Room → libraries that it may use."""
COMMANDS = sorted(qms.list_commands(click.Context(qms)))


def parsed(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text("utf-8"))


def in_room(room: str) -> list[str]:
    return [module for module in MODULES if module.split("/")[0] == room]


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None
            assert node.level == 0
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_touches_no_file_process_clock_or_chance(room: str) -> None:
    assert in_room(room)
    for module in in_room(room):
        tree = parsed(module)
        assert {name for name in imported(tree) if name in IMPURE} == set(), module
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                assert node.attr not in CLOCKS, f"{module}:{node.lineno}"
            if isinstance(node, ast.Name):
                assert node.id not in ("open", "print", "input", "exec"), f"{module}:{node.lineno}"


@pytest.mark.parametrize("room", OUTSIDE)
def test_a_room_uses_only_the_libraries_it_is_there_for(room: str) -> None:
    for module in in_room(room):
        outside = {name.split(".")[0] for name in imported(parsed(module))}
        assert outside - set(sys.stdlib_module_names) - {"qms_docs"} <= OUTSIDE[room], module


@pytest.mark.parametrize(
    ("library", "modules"),
    [
        ("weasyprint", "edges/pdf.py"),
        ("pikepdf", "edges/pdffiles.py edges/stamps.py"),
        ("git", "edges/git.py"),
        ("watchdog", "edges/watching.py"),
        ("httpx", "edges/http.py"),
    ],
)
def test_an_outside_engine_has_one_door_and_is_imported_inside_functions(
    library: str, modules: str
) -> None:
    users = [name for name in MODULES if library in _roots(imported(parsed(name)))]
    assert users == modules.split()
    for module in users:
        top = [
            each for each in parsed(module).body if isinstance(each, ast.Import | ast.ImportFrom)
        ]
        assert library not in _roots(imported(ast.Module(body=list(top), type_ignores=[])))


def _roots(names: Iterator[str]) -> set[str]:
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_can_be_read_at_one_sitting(module: str) -> None:
    assert len((PACKAGE / module).read_text("utf-8").splitlines()) <= 350


@pytest.mark.parametrize("module", MODULES)
def test_a_function_can_be_seen_at_one_glance(module: str) -> None:
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(parsed(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > 60
    ]
    assert long == []


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_in_one_sentence_what_it_is_for(module: str) -> None:
    docstring = ast.get_docstring(parsed(module)) or ""
    assert docstring.splitlines()[0].endswith((".", ":")) or module == "rules/__init__.py"


def run(folder: Path, code: str) -> str:
    """Run Python in a process of its own, which imports what the code needs and nothing else."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PACKAGE.parent), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


_HEAVY = ("weasyprint", "jinja2", "xlsxwriter", "rich", "watchdog", "asyncio", "multiprocessing")


_SELDOM = ("cryptography", "qms_docs.judge.substance", "qms_docs.text.diagrams.reading")
"""What a check loads only where there is a key, an editorial change or a diagram."""


def test_a_check_loads_neither_pdf_engine_nor_templates(tmp_path: Path) -> None:
    root = manual_at(tmp_path)
    code = f"""
import sys
import qms_docs.cli.check
assert not set({_HEAVY}) & set(sys.modules), "on import"
assert "git" not in sys.modules
sys.argv = ["qms", "check"]
from qms_docs.cli.main import run
try:
    run()
except SystemExit as end:
    assert end.code == 0, end.code
loaded = set({_HEAVY[:4] + _SELDOM}) & set(sys.modules)
assert not loaded, loaded
"""
    assert run(root, code)


def test_asking_for_the_version_loads_no_command(tmp_path: Path) -> None:
    code = f"""
import sys
sys.argv = ["qms", "--version"]
from qms_docs.cli.main import run
try:
    run()
except SystemExit as end:
    assert end.code == 0, end.code
loaded = {{"git", "yaml", "markdown_it", "jsonschema_rs", *{_HEAVY}}} & set(sys.modules)
assert not loaded, loaded
"""
    assert qms_docs.__version__ in run(tmp_path, code)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    result = CliRunner().invoke(qms, [name, "--help"])
    assert result.exit_code == 0
    text = " ".join(result.output.split())
    assert f"Usage: qms {name}" in text
    assert f"qms {name} " in text.split("Example", 1)[1] + " "


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_told_in_the_list_as_in_its_own_help(name: str) -> None:
    listed = " ".join(CliRunner().invoke(qms, ["--help"]).output.split())
    assert f" {name} " in listed
    command = importlib.import_module(f"qms_docs.cli.{name.replace('-', '_')}").command
    assert command.name == name
    assert command.help


def test_the_program_itself_has_help_with_an_example_and_its_exit_codes() -> None:
    output = CliRunner().invoke(qms, ["--help"]).output
    assert "Example" in output
    assert all(f"{code} " in output for code in (0, 1, 2))
