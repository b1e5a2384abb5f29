"""Run benchmarks and print a table: `python -m tools.bench --help`."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from tools.bench import benchmarks, corpus, harness, peers, publishers
from tools.bench.harness import Comparison, Measurement

PACKAGES = (
    "click",
    "PyYAML",
    "GitPython",
    "markdown-it-py",
    "jsonschema-rs",
    "watchdog",
    "weasyprint",
)
BENCHMARKS = {
    **benchmarks.ALL,
    "workers": benchmarks.workers,
    "peers": peers.peers,
    "publishers": publishers.publishers,
}
"""With what "all" leaves out: it needs a quiet machine, or other programs from the network."""
EXAMPLES = """examples:
  python -m tools.bench start-up
  python -m tools.bench check --documents 1000 --pairs 9
  python -m tools.bench all --json build/benchmarks.json
  python -m tools.bench peers

CPU is user and system time. Each cell of a ratio is: median (least-greatest) of the pairs. A/A is
the same command against itself in the same run: a ratio of A to B within it says nothing.
A target is met if the median ratio of CPU is not above it, and not missed if it lies within A/A.
That of "workers" is for wall time, so nothing else may run meanwhile; "all" leaves it out.
The benchmark "watch" compares nothing: of it --pairs are saves, and a target is met by the median.
"peers" and "publishers" install other programs from the package index into a temporary folder,
which needs the network; "all" leaves them out.
Exit code: 0 all targets met or none set, 1 a target missed."""


def main(arguments: list[str]) -> int:
    """Measure what was asked for and return the exit code."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.pairs < harness.LEAST_PAIRS:
        parser.error(f"fewer than {harness.LEAST_PAIRS} pairs are no measurement; --quick tries it")
    usual = {"peers": peers.DOCUMENTS, "publishers": publishers.DOCUMENTS}
    documents = asked.documents or usual.get(asked.benchmark, 200)
    if not corpus.FEWEST <= documents <= corpus.MOST:
        parser.error(f"--documents takes {corpus.FEWEST} to {corpus.MOST}")
    options = benchmarks.Options(asked.pairs, documents)
    if asked.quick:
        options = benchmarks.TRIAL
    names = list(benchmarks.ALL) if asked.benchmark == "all" else [asked.benchmark]
    facts = harness.machine(PACKAGES)
    benchmarks.compile_all()
    found = [one for name in names for one in BENCHMARKS[name](options)]
    comparisons = [one for one in found if isinstance(one, Comparison)]
    measurements = [one for one in found if isinstance(one, Measurement)]
    if comparisons:
        print(harness.table(comparisons))
    if measurements:
        print(harness.values_table(measurements))
    if asked.quick:
        print("A trial run: too few pairs, no measurement.")
    if asked.json:
        data = {
            "command": f"python -m tools.bench {asked.benchmark} --pairs {options.pairs} "
            f"--documents {options.documents}",
            "trial": asked.quick,
            "machine": facts,
            "load_average_after": harness.load_average(),
            "comparisons": [{**asdict(one), "verdict": one.verdict} for one in comparisons],
            "measurements": [{**asdict(one), "verdict": one.verdict} for one in measurements],
        }
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(json.dumps(data, indent=2) + "\n", "utf-8")
    return 1 if not asked.quick and "MISSED" in (one.verdict for one in found) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.bench",
        description="Compare what qms costs with the least that the same work can cost.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("benchmark", choices=[*BENCHMARKS, "all"])
    parser.add_argument(
        "--pairs", type=int, default=harness.USUAL_PAIRS, help="pairs (default: 7, least: 3)"
    )
    parser.add_argument(
        "--documents",
        type=int,
        metavar="N",
        help=f"files of the generated manual, {corpus.FEWEST} to {corpus.MOST} "
        f"(default: 200, of peers {peers.DOCUMENTS}, of publishers {publishers.DOCUMENTS})",
    )
    parser.add_argument("--quick", action="store_true", help="try it out: 1 pair, least documents")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write the figures as JSON too, times in seconds"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
