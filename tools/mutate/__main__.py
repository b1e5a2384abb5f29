"""Break the manual and see what the check says: `python -m tools.mutate --help`."""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import tools.mutate
from qms_docs.edges.git import Repository
from tools.mutate.judging import HERE, NOWHERE, Judge, Outcome


def main(arguments: Sequence[str]) -> int:
    """Make the slips, print what was found, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.mutate",
        description=tools.mutate.__doc__,
        epilog="Exit code: 0 every slip was found or has a reason, 1 one was not.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--count", type=int, default=300, help="slips (default: 300)")
    parser.add_argument("--seed", type=int, default=1, help="another one makes other slips")
    parser.add_argument("--root", type=Path, default=Path(), help="the manual (default: here)")
    parser.add_argument("--all", action="store_true", help="list also what was found elsewhere")
    asked = parser.parse_args(arguments)
    judge = Judge(Repository.open(asked.root).work_tree())
    outcomes = []
    for number, outcome in enumerate(judge.outcomes(asked.count, asked.seed), 1):
        outcomes.append(outcome)
        if sys.stderr.isatty():
            print(f"\r{number}/{asked.count}", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    _print(outcomes, asked.all)
    return int(any(each.where == NOWHERE and not each.reason for each in outcomes))


def _print(outcomes: Sequence[Outcome], everything: bool) -> None:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for each in outcomes:
        where = f"no need: {each.reason}" if each.reason else each.where
        counted[each.slip.kind][where] += 1
        counted["all"][where] += 1
        if (each.where == NOWHERE and not each.reason) or (everything and each.where != HERE):
            slip = each.slip
            print(f"{slip.path}:{slip.line}: {slip.kind} {each.where} {' '.join(each.codes)}")
            print(f"  - {slip.before}\n  + {slip.after}")
    for kind, cases in counted.items():
        print(f"{kind:10} " + ", ".join(f"{count} {where}" for where, count in cases.most_common()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
