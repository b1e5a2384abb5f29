"""Play the life of a manual: `python -m tools.demo --help`."""

import argparse
import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tools.demo import life
from tools.demo.theatre import ROOT, DemoError, Theatre

EXAMPLES = """examples:
  python -m tools.demo
  python -m tools.demo build/demo --publish public

Everything is invented: the organisation, its people (all named Demo) and their keys, which are made
on the spot. The demonstration calls only qms and git, and stops where a step does not end as it
must.

Exit code: 0 all went as it must, 1 a step did not."""


def main(arguments: list[str]) -> int:
    """Play all scenes and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.demo",
        description="Play the life of this repository's manual, from its first issue on.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "demo")
    parser.add_argument(
        "--publish", type=Path, metavar="SHELF", help="publish there (default: FOLDER/public)"
    )
    parser.add_argument("--quiet", action="store_true", help="say only what went wrong")
    asked = parser.parse_args(arguments)
    folder = asked.folder.resolve()
    if folder.exists() and not (folder / "keys").is_dir() and any(folder.iterdir()):
        parser.error(f"{folder} is not empty and not of an earlier demonstration")
    shutil.rmtree(folder, ignore_errors=True)
    beginning = datetime.now(ZoneInfo("Asia/Shanghai")).replace(hour=9, minute=0, second=0)
    shelf = asked.publish.resolve() if asked.publish else folder / "public"
    first_day = beginning.replace(microsecond=0) - timedelta(days=60)
    try:
        life.play(Theatre(folder, first_day, shelf, asked.quiet))
    except DemoError as error:
        print(f"demo: a step did not end as it must.\n{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
