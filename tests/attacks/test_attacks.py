"""Every attack of the catalogue fails, and succeeds where its guard is taken away.

An attack is one module `tests/attacks/<family>/<name>.py`: its docstring tells the story;
`attack(stage)` carries it out on a manual that has begun; `FOUND` lists what the audit must find
(code and case); `succeeded(stage)` tells whether the attacker has what they wanted; `GUARDS` names
what stands in the way, each with what it is replaced by (dotted name → replacement). A module
without `GUARDS` and with an empty `FOUND` must pass: it is no attack but honest work.
"""

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from tests.attacks.stage import Stage, begun

FOLDER = Path(__file__).parent
MODULES = sorted(
    path.relative_to(FOLDER).with_suffix("").as_posix().replace("/", ".")
    for path in FOLDER.glob("*/*.py")
    if path.stem != "__init__"
)


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"tests.attacks.{name}")


def _played(module: ModuleType, folder: Path) -> Stage:
    stage = begun(folder, getattr(module, "before", lambda _: None))
    module.attack(stage)
    return stage


@pytest.mark.parametrize("name", MODULES)
def test_the_attack_fails(name: str, tmp_path: Path) -> None:
    module = _module(name)
    stage = _played(module, tmp_path)
    found = getattr(module, "found", Stage.found)(stage)
    assert found == module.FOUND
    assert module.succeeded(stage) is not bool(getattr(module, "GUARDS", None))


@pytest.mark.parametrize("name", [name for name in MODULES if hasattr(_module(name), "GUARDS")])
def test_the_attack_succeeds_without_its_guard(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = _module(name)
    for target, replacement in module.GUARDS.items():
        monkeypatch.setattr(target, replacement)
    stage = _played(module, tmp_path)
    assert module.succeeded(stage)


@pytest.mark.parametrize("name", MODULES)
def test_an_attack_tells_its_story(name: str) -> None:
    module = _module(name)
    assert module.__doc__
    assert module.__doc__.strip().endswith(".")
