import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from qms_docs.cli.main import qms
from tests.conftest import git
from tools.bench import audit_floor, benchmarks, corpus, front_matter, harness, history, peers
from tools.bench.__main__ import BENCHMARKS, main


def seconds(*values: float) -> harness.Side:
    """Return a side that claims to have taken these CPU seconds, run after run."""
    rest = iter(values)
    return harness.Side("made up", lambda: harness.Sample(next(rest), 1.0))


def test_figures_are_medians_of_pairs_and_not_ratios_of_medians():
    found = harness.figures([(4.0, 1.0, 4.0), (6.0, 2.0, 3.0), (5.0, 5.0, 10.0)])
    assert (found.a, found.b) == (5.0, 2.0)
    assert found.ratio == harness.Ratio(3.0, 1.0, 4.0)
    assert found.noise == harness.Ratio(1.0, 0.5, 2.0)


def test_every_second_round_runs_backwards_and_the_first_run_does_not_count():
    order = []

    def side(name: str) -> harness.Side:
        def measure() -> harness.Sample:
            order.append(name)
            return harness.Sample(float(len(order)), 1.0)

        return harness.Side(name, measure)

    found = harness.compare("order", side("A"), side("B"), pairs=2)
    assert "".join(order) == "ABABAABA"
    # The runs 3 4 5 and 6 7 8: A is the first of the one round and the last of the other.
    assert found.cpu == harness.figures([(3.0, 4.0, 5.0), (8.0, 7.0, 6.0)])


@pytest.mark.parametrize(
    ("a", "verdict"),
    [
        ((1.1, 1.1), "met"),
        ((1.2, 1.2), "MISSED"),
        ((1.2, 0.9), "within A/A"),  # A itself strays by a third: 1.2 says nothing
    ],
)
def test_a_target_is_met_by_the_median_or_within_what_a_strays_from_itself(a, verdict):
    found = harness.compare("target", seconds(*a), seconds(1.0), pairs=1, target=1.1)
    assert found.verdict == verdict


def test_a_measurement_meets_its_target_by_its_median():
    slow = harness.Measurement("slow", "s", (0.1, 0.6, 0.7), 0.5)
    fast = harness.Measurement("fast", "s", (0.1, 0.2, 9.0), 0.5)
    rows = harness.values_table([slow, fast]).splitlines()
    assert "| 0.60   | 0.10-0.70, 3 times | 0.5 MISSED |" in rows[2]
    assert "| 0.20   | 0.10-9.00, 3 times | 0.5 met    |" in rows[3]


def test_without_a_target_there_is_no_verdict():
    assert harness.compare("none", seconds(1, 1, 1), seconds(1, 1), pairs=1).verdict == ""


def test_a_command_counts_what_its_own_processes_use(tmp_path: Path):
    busy = "sum(range(6_000_000))"
    inner = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    alone = harness.command("busy", (sys.executable, "-c", busy), tmp_path).measure()
    nested = harness.command("nested", (sys.executable, "-c", inner), tmp_path).measure()
    assert nested.cpu > alone.cpu / 2 > 0.01
    assert nested.wall > 0


def test_a_command_that_fails_is_no_measurement(tmp_path: Path):
    words = (sys.executable, "-c", "raise SystemExit(2)")
    with pytest.raises(RuntimeError, match="broken: exit code 2"):
        harness.command("broken", words, tmp_path, accepted=(0, 1)).measure()


def test_calls_are_measured_in_one_other_process():
    found = harness.in_worker(compared_processes)
    assert found.a == found.b != str(os.getpid())


def compared_processes() -> harness.Comparison:
    side = harness.call(str(os.getpid()), lambda: sum(range(1000)))
    return harness.compare("process", side, side, pairs=1)


def test_the_table_shows_both_sides_ratios_and_verdict():
    found = harness.compare("start", seconds(3, 2), seconds(1), pairs=1, target=1.5)
    lines = harness.table([found]).splitlines()
    assert lines[0].split("|")[3].strip() == "A ms"
    assert [cell.strip() for cell in lines[2].split("|")[1:-1]] == [
        "start", "CPU", "3000.0", "1000.0", "3.00 (3.00-3.00)", "1.50 (1.50-1.50)", "1.5 MISSED",
    ]  # fmt: skip
    assert lines[-1] == "start: A = made up; B = made up; 1 pairs"


def test_the_generated_manual_is_in_order_and_committed(tmp_path: Path):
    corpus.write(tmp_path, 60)
    for options in ([], ["--commit", "HEAD"]):
        result = CliRunner().invoke(qms, ["check", "--root", str(tmp_path), "--json", *options])
        report = json.loads(result.output)
        assert report["findings"] == []
        assert report["documents"] == 60
    assert git(tmp_path, "status", "--porcelain") == ""


def test_the_same_seed_gives_the_same_manual(tmp_path: Path):
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        (tmp_path / name).mkdir()
        corpus.write(tmp_path / name, corpus.FEWEST, seed)
    commits = [git(tmp_path / name, "rev-parse", "HEAD") for name in ("one", "two", "three")]
    assert commits[0] == commits[1] != commits[2]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a generated history."""
    root = tmp_path_factory.mktemp("history")
    history.write(root, 60)
    return root


def test_the_generated_history_is_in_order(told: Path):
    result = CliRunner().invoke(qms, ["audit", "--no-cache", "--json", "--root", str(told)])
    report = json.loads(result.output)
    assert report["findings"] == []
    assert report["documents"] == 60 + 2 * 6  # every fifth of 30 has two revisions
    assert git(told, "branch", "--list").split() == ["*", "main"]
    assert int(git(told, "rev-list", "--count", "--merges", "HEAD")) == 36
    paths = git(told, "ls-tree", "-r", "--name-only", "HEAD").split()
    assert len([path for path in paths if path.startswith("records/statements/")]) == 4 * 36
    texts = [git(told, "show", f"HEAD:{path}") for path in paths if path.endswith(".md")]
    assert sum("map.svg)" in text for text in texts) == 10
    assert sum("class: editorial" in text for text in texts) == 2


def test_the_same_seed_gives_the_same_history(tmp_path: Path):
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        (tmp_path / name).mkdir()
        history.write(tmp_path / name, corpus.FEWEST, seed)
    commits = [git(tmp_path / name, "rev-parse", "HEAD") for name in ("one", "two", "three")]
    assert commits[0] == commits[1] != commits[2]


def test_the_floor_of_the_audit_reads_all_and_checks_signatures(
    told: Path, monkeypatch: pytest.MonkeyPatch
):
    read: list[int] = []
    contents = audit_floor._contents

    def counted(folder: str, blobs: Iterable[bytes]) -> Iterator[bytes]:
        found = list(contents(folder, blobs))
        read.append(len(set(found)))
        yield from found

    monkeypatch.setattr(audit_floor, "_contents", counted)
    audit_floor.main(str(told))
    assert read == [5 * 36 + 1, 2 * 36]
    monkeypatch.setattr(audit_floor, "_key", lambda line: Ed25519PrivateKey.generate().public_key())
    with pytest.raises(InvalidSignature):
        audit_floor.main(str(told))


@pytest.mark.parametrize("number", [0, corpus.FEWEST - 1, corpus.MOST + 1])
def test_a_number_of_documents_that_cannot_be_numbered_is_refused(tmp_path: Path, number: int):
    with pytest.raises(ValueError, match="documents"):
        corpus.write(tmp_path, number)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("benchmark", benchmarks.ALL)
def test_each_benchmark_can_be_tried_out(
    benchmark: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "figures.json"
    assert main([benchmark, "--quick", "--json", str(file)]) == 0
    assert "no measurement" in capsys.readouterr().out
    text = file.read_text("utf-8")
    data = json.loads(text)
    assert data["trial"] is True
    assert data["machine"]["processors"] == os.cpu_count()
    assert not [folder for folder in (benchmarks.ROOT, tmp_path.parent) if str(folder) in text]
    assert data["comparisons"] or data["measurements"]
    for measurement in data["measurements"]:
        assert measurement["unit"] == "% CPU" or min(measurement["values"]) > 0
    for comparison in data["comparisons"]:
        assert comparison["cpu"]["a"] > 0
        assert comparison["cpu"]["noise"]["least"] <= comparison["cpu"]["noise"]["greatest"]


def test_too_few_pairs_are_refused(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["start-up", "--pairs", "2"])
    assert "--quick" in capsys.readouterr().err


def test_the_peers_are_not_among_all_because_they_need_the_network():
    assert "peers" in BENCHMARKS
    assert "peers" not in benchmarks.ALL


def test_peers_get_the_front_matter_of_every_document(tmp_path: Path):
    (tmp_path / "manual").mkdir()
    corpus.write(tmp_path / "manual", corpus.FEWEST)
    peers.write(tmp_path / "manual", tmp_path)
    for folder in ("yaml", "trestle/docs", "reuse"):
        texts = [file.read_text("utf-8") for file in (tmp_path / folder).glob("GEN-*")]
        assert len(texts) == corpus.FEWEST
        assert all("\nrevision: 1\n" in text and "\n## " not in text for text in texts)


@pytest.mark.parametrize("folder", ["sound", "faulty"])
def test_front_matter_alone_is_judged(folder: str, tmp_path: Path):
    corpus.write(tmp_path, corpus.FEWEST)
    if folder == "faulty":
        file = tmp_path / "manual" / "GEN-QM-01.md"
        file.write_text(file.read_text("utf-8").replace("revision: 1", "revision: 0"), "utf-8")
    assert front_matter.main(str(tmp_path)) == (folder == "faulty")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise SystemExit('fault' in open('file').read())", None),
        ("pass", "0, not 1"),
        ("raise SystemExit(1)", "1, not 0"),
    ],
)
def test_a_run_that_misses_its_fault_or_always_fails_is_no_peer(
    code: str, said: str | None, tmp_path: Path
):
    file = tmp_path / "file"
    file.write_text("sound", "utf-8")
    words = (sys.executable, "-c", code)
    run = peers.Run("peer", "peer", words, tmp_path, file, sound="sound", fault="fault")
    with nullcontext() if said is None else pytest.raises(RuntimeError, match=said):
        run.prove()
    assert said or file.read_text("utf-8") == "sound"


def test_a_manual_that_cannot_be_generated_is_refused(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as raised:
        main(["check", "--documents", "6"])
    assert raised.value.code == 2
    assert "--documents takes 10 to 19000" in capsys.readouterr().err
