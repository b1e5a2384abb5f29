"""Print the render corpus and say what was lost: `python -m tools.corpus --help`."""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from tools.corpus import documents, run
from tools.corpus.run import Result

COLUMNS = (
    "repository", "documents", "pages", "clean", "reported", "SILENT", "CRASH",
    "landscape", "shrunk", "wrapped", "scaled", "reported by", "s",
)  # fmt: skip
EXPLAINED = """clones, for example in the folder build/corpus:
{clones}
A clone may be bare. Its folder is called NAME or OWNER+NAME. No text of these repositories becomes
part of this one: they are read where they lie, at the commit in the list.

Each document is printed as the body of a controlled document, with its images. Then Poppler and
pikepdf read the PDF, and markdown-it in its plain setting the Markdown, and what is written is
looked for in what is printed:
  clean     all is there: words, characters, images, links; nothing off the paper or on another word
  reported  something is not, and for each such thing a finding of the product says so
  SILENT    something is not, and no finding says so
  CRASH     no PDF and no finding
landscape and shrunk count tables, wrapped lines of code, scaled images: what the product has made
fit. Seconds are wall time, reading and looking included.
Exit code: 0 no SILENT and no CRASH, 1 at least one."""


def main(arguments: Sequence[str]) -> int:
    """Print what was asked for and return the exit code."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    wanted = [each for each in documents.entries(asked.list) if asked.only in str(each)]
    clones = {
        name: documents.clone_of(asked.folder, name)
        for name in dict.fromkeys(each.repository for each in wanted)
    }
    if missing := [name for name, clone in clones.items() if clone is None]:
        parser.error(f"no clone in {asked.folder}: {', '.join(missing)}")

    def examine(entry: documents.Entry) -> Result:
        clone = clones[entry.repository]
        assert clone is not None
        return run.examine(entry, clone, asked.timeout)

    results = []
    with ThreadPoolExecutor(asked.jobs) as pool:
        for number, result in enumerate(pool.map(examine, wanted), 1):
            print(f"{number}/{len(wanted)} {result.outcome:8} {result.entry}", file=sys.stderr)
            results.append(result)
    if asked.json:
        print(json.dumps([_data(each) for each in results], ensure_ascii=False, indent=1))
    else:
        print(table(results))
        print(troubles(results), end="")
    return int(any(each.outcome in (run.SILENT, run.CRASH) for each in results))


def table(results: Iterable[Result]) -> str:
    """Return a Markdown table with a line for each repository, and one for all."""
    by_name: dict[str, list[Result]] = {}
    for result in results:
        by_name.setdefault(result.entry.repository, []).append(result)
    groups = [*by_name.items(), ("all", [each for group in by_name.values() for each in group])]
    lines = [COLUMNS, ("---",) * len(COLUMNS), *(_line(name, group) for name, group in groups)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def troubles(results: Iterable[Result]) -> str:
    """Return the damages that nothing reports, and why documents crashed."""
    lines = []
    for result in results:
        if result.outcome in (run.SILENT, run.CRASH):
            lines.append(f"{result.outcome} {result.entry} {result.detail}".rstrip())
            silent = (each for each in result.damages if not each.reported)
            lines += [f"    {each.kind}: {each.what[:300]}" for each in silent][:40]
    return "".join(f"{line}\n" for line in lines)


def _data(result: Result) -> dict[str, object]:
    damages = [asdict(damage) for damage in result.damages]
    counts = {"findings": dict(result.findings), "solved": dict(result.solved)}
    return {**vars(result), **counts, "entry": asdict(result.entry), "damages": damages}


def _line(name: str, group: Sequence[Result]) -> tuple[str, ...]:
    outcomes = Counter(each.outcome for each in group)
    solved: Counter[str] = sum((each.solved for each in group), Counter())
    codes = Counter(damage.reported for each in group for damage in each.damages if damage.reported)
    counted = {
        **outcomes,
        **solved,
        "repository": name,
        "documents": len(group),
        "pages": sum(each.pages for each in group),
        "reported by": ", ".join(f"{code} {n}" for code, n in sorted(codes.items())),
        "s": round(sum(each.seconds for each in group)),
    }
    return tuple(str(counted.get(column, 0)) for column in COLUMNS)


def _parser() -> argparse.ArgumentParser:
    clones = "".join(
        f"  git clone --bare {address} build/corpus/{address.split('/', 3)[3].replace('/', '+')}\n"
        for address in documents.addresses()
    )
    parser = argparse.ArgumentParser(
        prog="python -m tools.corpus",
        description="Print public documents and look, with other tools, for what was lost.",
        epilog=EXPLAINED.format(clones=clones),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, help="where the clones are")
    parser.add_argument("--json", action="store_true", help="every damage and every count, as JSON")
    parser.add_argument("--only", default="", metavar="TEXT", help="documents whose name has TEXT")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count(), help="documents at a time (default: processors)"
    )
    parser.add_argument(
        "--timeout", type=float, default=120, metavar="S", help="seconds for one (default: 120)"
    )
    parser.add_argument(
        "--list", type=Path, default=documents.LIST, metavar="FILE", help="another list"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
