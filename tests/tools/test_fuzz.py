"""The fuzzer finds what is planted, keeps it and repeats it; and every target stands its seeds."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.outer import PROJECT
from tools.fuzz import __main__ as command
from tools.fuzz import child, inputs, targets

NAMES = sorted(targets.TARGETS)


@pytest.mark.parametrize("name", NAMES)
def test_every_target_has_seeds_and_answers_to_them(name: str) -> None:
    seeds = targets.seeds(targets.TARGETS[name])
    assert seeds
    for data in seeds[:40]:
        targets.run(targets.TARGETS[name], data)


@pytest.mark.parametrize("name", NAMES)
@settings(suppress_health_check=list(HealthCheck))
@given(st.data())
def test_every_target_answers_to_changed_seeds(name: str, data: st.DataObject) -> None:
    target = targets.TARGETS[name]
    seed = data.draw(st.sampled_from(targets.seeds(target)))
    chance = Random(data.draw(st.integers(0, 2**32)))
    targets.run(target, inputs.changed(seed, chance), most_seconds=60)


@pytest.mark.parametrize("name", NAMES)
@given(st.one_of(st.binary(), st.text().map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_every_target_answers_to_any_bytes(name: str, data: bytes) -> None:
    targets.run(targets.TARGETS[name], data, most_seconds=60)


@given(st.binary(), st.integers(), st.integers(60, 5000))
def test_a_blown_up_input_keeps_to_its_limit(data: bytes, seed: int, most: int) -> None:
    assert len(inputs.blown_up(data, Random(seed), most)) <= most


def broken(data: bytes) -> None:
    if b"\x00" in data or len(data) % 3 == 1:
        raise ValueError


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Plant a target that fails soon, and keep what is kept elsewhere."""
    monkeypatch.setitem(targets.TARGETS, "planted", targets.Target(broken, "**/*.yaml"))
    monkeypatch.setattr(command, "KEPT", tmp_path)
    return tmp_path


def test_a_failing_input_is_kept(planted: Path) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        child.blindly("planted", 60, planted)
    (kept,) = planted.iterdir()
    with pytest.raises(ValueError):  # noqa: PT011
        command.main(["--repeat", str(kept), "planted"])


@pytest.mark.skipif(find_spec("atheris") is None, reason="only made for Linux on x86-64")
def test_a_failing_input_that_atheris_chose_is_kept(tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from tools.fuzz import child, targets
from tests.tools.test_fuzz import broken
targets.TARGETS["planted"] = targets.Target(broken, "**/*.yaml")
child.guided("planted", 60, Path({str(tmp_path)!r}))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True)
    assert done.returncode != 0
    (kept,) = tmp_path.glob("planted-*")
    with pytest.raises(ValueError):  # noqa: PT011
        broken(kept.read_bytes())


def test_an_input_in_order_is_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "input"
    file.write_bytes((PROJECT / "tests" / "cases" / "base" / "manual" / "policy.yaml").read_bytes())
    assert command.main(["--repeat", str(file), "policy"]) == 0
    assert "in order" in capsys.readouterr().out


def test_slow_is_a_failure() -> None:
    slow = targets.Target(lambda data: sum(range(10_000_000)), "**/*.yaml")
    with pytest.raises(targets.TooSlowError):
        targets.run(slow, b"", most_seconds=0.01)


@pytest.mark.parametrize("arguments", [["nothing"], ["--repeat", "x"], ["--seconds", "soon"]])
def test_wrong_arguments(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2


def test_a_target_is_hunted_in_a_process_of_its_own(
    planted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--blindly", "--seconds", "3", "policy"]) == 0
    assert "policy: nothing found" in capsys.readouterr().out


def test_what_a_hunt_finds_is_a_failure_with_the_way_to_repeat_it(
    planted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The process of its own does not know the planted target: it ends at once, with an error."""
    assert command.main(["--blindly", "--seconds", "3", "planted"]) == 1
    assert "planted: FAILED" in capsys.readouterr().out
