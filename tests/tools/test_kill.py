"""Commands that write may be killed at any moment: ten of the kills of `python -m tools.kill`."""

import pytest

from tests.acting import write_key
from tests.attacks.stage import CONTROLLER, DOCUMENT, DRAFTER, begun
from tools.kill.__main__ import run
from tools.kill.process import Ending
from tools.kill.publishing import Publishing, publishings
from tools.kill.scene import Scene, steps

READY = (DOCUMENT, "CSC-RS-01")
KILLED = Ending(-9, "", 0)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Return a small manual of which two documents are approved."""
    folder = tmp_path_factory.mktemp("kill").resolve()
    (folder / "manual").mkdir()
    stage = begun(folder / "manual")
    stage.approved(*READY)
    for who in (DRAFTER, CONTROLLER):
        write_key(folder / who, stage.keys[who])
    keys = (folder / DRAFTER, folder / CONTROLLER)
    return Scene(folder / "manual", steps(READY, "CSC-QM-01", *keys))


@pytest.fixture(scope="module")
def presses(tmp_path_factory: pytest.TempPathFactory) -> tuple[Publishing, ...]:
    """Return a manual with a role sheet that is published, and the next revision of it."""
    folder = tmp_path_factory.mktemp("presses").resolve()
    (folder / "manual").mkdir()
    stage = begun(folder / "manual")
    stage.issued("CSC-RS-01")
    first = stage.now.isoformat()
    stage.revised("- Approves documents.", "- Approves all documents.", "manual/roles/CSC-RS-01.md")
    stage.issued("CSC-RS-01")
    return publishings(stage.root, folder, first, stage.now.isoformat())


def test_ten_kills_leave_nothing_behind(
    scene: Scene, presses: tuple[Publishing, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    tally = run((scene, presses[-1]), 10)
    assert tally.failures == 0, capsys.readouterr().out
    assert (tally.kills, tally.late) == (10, 0)
    assert tally.kills > tally.clean > 0  # some before and some after it was decided


def test_a_half_written_step_is_seen(scene: Scene) -> None:
    release = scene.steps[1]
    scene.reset()
    scene.run(release)
    whole = scene.seen()
    assert len(whole) == 3
    first = min(whole)
    (scene.manual / first).unlink()
    assert any("a part was left" in each for each in scene.broken(KILLED, release, whole))
    scene.reset()
    (scene.manual / first).parent.mkdir(parents=True)
    (scene.manual / first).write_bytes(whole[first][:100])
    assert f"no record: {first}" in list(scene.broken(KILLED, release, whole))
    scene.reset()
    (scene.manual / ".git" / "index.lock").touch()
    try:
        assert "lock file index.lock" in list(scene.broken(KILLED, release, whole))
    finally:
        (scene.manual / ".git" / "index.lock").unlink()
